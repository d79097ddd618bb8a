package id.detak.cli;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import id.detak.indicator.IndicatorSeed;
import id.detak.platform.DataFolder;
import id.detak.platform.StartupSettings;
import id.detak.strip.ParseTimeoutException;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripLocator;
import id.detak.strip.StripParser;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses a page and prints the result. Needs no database and starts no server. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Prints the quotes in a page's indicator strip as JSON.")
class ParseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A page as text or HTML, or - for standard input.")
    String file;

    @Option(names = "--heading", paramLabel = "WORDS", description = "The words above the strip.")
    String heading;

    @Option(
            names = "--selector",
            paramLabel = "CSS",
            description = "A CSS selector of the element that holds the strip.")
    String selector;

    record Output(
            @JsonFormat(pattern = "HH:mm") LocalTime clock, List<Quote> quotes, List<String> unknown, String strip) {}

    @Override
    public Integer call() throws Exception {
        String page = ImportFile.open(file).page();
        List<IndicatorSeed> seeds =
                IndicatorSeed.of(new DataFolder(StartupSettings.read().dataFolder()));
        StripLocator locator = new StripLocator(heading, selector);
        if (locator.selectorProblem().isPresent()) {
            return Main.complain(
                    ExitCode.WRONG_USE,
                    "'" + selector + "' is not a CSS selector: "
                            + locator.selectorProblem().get());
        }
        Optional<Strip> strip;
        try {
            strip = new StripParser(IndicatorSeed.labels(seeds)).parse(page, locator);
        } catch (ParseTimeoutException e) {
            return Main.complain(ExitCode.WRONG_USE, e.getMessage());
        }
        if (strip.isEmpty()) {
            return Main.complain(ExitCode.WRONG_USE, "the page contains no indicator strip");
        }
        Strip found = strip.get();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(
                json().writeValueAsString(new Output(found.clock(), found.quotes(), found.unknown(), found.text())));
        return found.quotes().isEmpty()
                ? Main.complain(ExitCode.WRONG_USE, "nothing in the indicator strip could be understood")
                : ExitCode.DONE;
    }

    private static ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }
}
