package id.detak.series.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import id.detak.http.ResponseBody;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import id.detak.series.csv.CsvExport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes histories as JSON, or as CSV with one row for each point. */
@ApplicationScoped
class HistoryWriter {

    static final String CSV = "text/csv";
    static final MediaType CSV_TYPE = MediaType.valueOf(CSV);
    static final String CSV_CONTENT = "text/csv;charset=UTF-8;header=present";

    private final ObjectMapper json;
    private final CsvExport export;

    HistoryWriter(ObjectMapper json, CsvExport export) {
        this.json = json;
        this.export = export;
    }

    ResponseBody json(Object answer) {
        try {
            return new ResponseBody("application/json;charset=UTF-8", json.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Raw points have the columns of an export; bars and plain series have their own. */
    ResponseBody csv(HistoryQuery query, HistoryResponse answer) {
        if (answer.interval().equals(Interval.RAW.word()) && !query.isPlain()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                export.some(
                        query.indicator().id(),
                        query.measure(),
                        query.range().from(),
                        query.range().to(),
                        query.maxPoints(),
                        out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ResponseBody(CSV_CONTENT, out.toByteArray());
        }
        return csv(rows -> write(answer, rows));
    }

    /** One row for each bar, one column for each indicator. */
    ResponseBody csv(Comparison.Answer answer) {
        return csv(rows -> {
            rows.writeRecord(
                    Stream.concat(Stream.of("start"), answer.items().stream().map(Comparison.Item::code))
                            .toList());
            for (int i = 0; i < answer.t().size(); i++) {
                int row = i;
                rows.writeRecord(Stream.concat(
                                Stream.of(local(answer.t().get(i))),
                                answer.items().stream()
                                        .map(item -> text(item.close().get(row))))
                        .toList());
            }
        });
    }

    private static ResponseBody csv(Consumer<CsvWriter> writer) {
        StringWriter text = new StringWriter();
        try (CsvWriter rows =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.accept(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResponseBody(CSV_CONTENT, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HistoryResponse answer, CsvWriter rows) {
        HistoryResponse.Points points = answer.points();
        boolean bars = points.open() != null;
        rows.writeRecord(
                bars
                        ? List.of("code", "start", "open", "high", "low", "close", "count")
                        : List.of("code", "start", "value", "count"));
        for (int i = 0; i < points.t().size(); i++) {
            List<String> row =
                    new ArrayList<>(List.of(answer.code(), local(points.t().get(i))));
            if (bars) {
                row.addAll(List.of(
                        text(points.open().get(i)),
                        text(points.high().get(i)),
                        text(points.low().get(i))));
            }
            row.add(text(points.close().get(i)));
            row.add(points.count().get(i).toString());
            rows.writeRecord(row);
        }
    }

    void writeRaw(HistoryQuery query, OutputStream out) throws IOException {
        export.of(query.indicator().id(), query.range().from(), query.range().to(), out);
    }

    private static String local(long t) {
        return Wib.local(Instant.ofEpochMilli(t)).toString();
    }

    private static String text(BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }
}
