package id.detak.series.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.indicator.Indicator;
import id.detak.indicator.IndicatorSeed;
import id.detak.indicator.Kind;
import id.detak.series.table.BadRowException;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.Pages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Codes are the only text from outside in a CSV file. No spreadsheet treats one as a formula, wherever it came from.
 */
@BesideTheApplication
class FormulaTest {

    private static final StripParser PARSER = new StripParser(IndicatorSeed.labels(IndicatorSeed.builtIn()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "\"=", "'=", "\uff1d", "\uff0b", "\u2212", "\uff20",
                "\ufeff=", "\u200b=", "\u00a0=", "%", "|", "(", ")", "'", ";", "1=", "&", "/"
            })
    void noCodeBeginsAFormula(String before) throws IOException {
        String label = before + "HYPERLINK(1)";
        List<String> codes = new ArrayList<>();
        for (String end : List.of(" 1,00 1,00 1,00%", "1,00 1,00 1,00%", "\t1,00 1,00%", " 1,00%")) {
            PARSER.parse(Pages.strip(label + end)).map(Strip::quotes).stream()
                    .flatMap(List::stream)
                    .map(Quote::code)
                    .forEach(codes::add);
        }
        String rows =
                CsvFormat.HEADER + "\n\"" + label.replace("\"", "\"\"") + "\",2021-03-02T09:30:00+07:00,1,,,ok,,,,\n";
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(rows)) {
            List<CsvRecord> records = reader.stream().toList();
            RowReader rowReader = new RowReader(
                    records.get(0).getFields(),
                    new RowChecks(
                            code -> {
                                codes.add(code);
                                throw new BadRowException("heard");
                            },
                            Instant.parse("2026-11-25T00:00:00Z")));
            assertThatThrownBy(() -> rowReader.read(records.get(1))).isInstanceOf(BadRowException.class);
        }
        assertThat(codes).allMatch(Indicator::isCode).allMatch(code -> Character.isLetter(code.charAt(0)));
        if (before.chars().noneMatch(Character::isWhitespace) || before.length() > 1) {
            assertThatThrownBy(() -> new IndicatorSeed(label, List.of("X"), "", "", Kind.OTHER, "", (short) 2))
                    .hasMessageContaining("cannot be a code");
        }
    }

    @Test
    void filesAcceptEveryLabelOfAPage() throws IOException {
        for (String label : List.of("A", "KOMPAS100", "RD.PENDAPATAN TETAP", "黄金", "Ünï")) {
            String numbers = label.startsWith("RD.") ? " 1,01%" : " 100,00 1,00 1,01%";
            List<String> codes = PARSER.parse(Pages.strip(label + numbers)).orElseThrow().quotes().stream()
                    .map(Quote::code)
                    .toList();
            assertThat(codes).as(label).hasSize(1).allMatch(Indicator::isCode);
        }
    }
}
