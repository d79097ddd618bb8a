package id.detak.cli;

import id.detak.intake.IntakeResult;
import id.detak.platform.log.SingleLine;
import id.detak.series.Observation;
import id.detak.series.Recorder.Recorded;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Prints one line for each stored quote, for people and scripts. */
final class QuotePrinter {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    void print(IntakeResult result) {
        for (Recorded recorded : result.recorded()) {
            Observation o = recorded.observation();
            out.printf(
                    Locale.ROOT,
                    "%-20s %12s %10s %8s  %-9s %s  %s%n",
                    printable(recorded.indicator().code()),
                    text(o.value()),
                    text(o.change()),
                    o.changePercent() == null ? "" : text(o.changePercent()) + "%",
                    word(o.quality()),
                    o.observedAt(),
                    word(recorded.result()));
        }
        result.capture().unknown().forEach(piece -> out.println("not understood: " + printable(piece)));
    }

    void line(String line) {
        out.println(line);
    }

    /** Replaces control characters, so that text from a page cannot control the terminal. */
    static String printable(String text) {
        return SingleLine.of(text);
    }

    private static String text(BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
