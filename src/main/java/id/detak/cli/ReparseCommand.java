package id.detak.cli;

import id.detak.intake.Reparse;
import id.detak.series.ReparsedQuotes.Change;
import id.detak.series.history.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reparse",
        mixinStandardHelpOptions = true,
        description =
                "Parses the stored captures again with the current parser, corrects the observations, and prints every change. "
                        + "If a strip is now found in a page that had none, its quotes are added. Old values stay readable. The command can be stopped and restarted.")
class ReparseCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Start of the range: a date, an instant, or a duration back from now such as P7D.")
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the range; a date includes that day.")
    String to;

    @Option(names = "--source", paramLabel = "NAME", description = "Only captures of this source.")
    String source;

    @Option(names = "--check", description = "Changes nothing. Exit code 1 if anything differs.")
    boolean check;

    @Override
    public Integer call() throws Exception {
        TimeRange range = TimeRange.parse(from, to, Instant.now());
        return CommandApplication.run(application -> reparse(application.reparse, range));
    }

    private int reparse(Reparse reparse, TimeRange range) {
        if (source != null && !reparse.isSource(source)) {
            return Main.complain(ExitCode.WRONG_USE, "there is no capture of " + QuotePrinter.printable(source));
        }
        QuotePrinter printer = new QuotePrinter();
        Reparse.Outcome outcome = reparse.run(source, range, !check, change -> printer.line(describe(change)));
        printer.line(String.format(
                Locale.ROOT,
                "captures parsed %d: strip newly found %d, no longer parsed and left unchanged %d; "
                        + "observations added %d, changed %d, removed %d",
                outcome.captures(),
                outcome.found(),
                outcome.lost(),
                outcome.created(),
                outcome.changed(),
                outcome.gone()));
        if (check && !outcome.isClean()) {
            return Main.complain(
                    ExitCode.UNREACHABLE,
                    "some stored observations differ from what the parser reads now: run reparse without --check to correct them");
        }
        return ExitCode.DONE;
    }

    private static String describe(Change change) {
        String before = change.before() == null
                ? "nothing"
                : numbers(
                        change.before().value(),
                        change.before().change(),
                        change.before().changePercent());
        String now = change.now() == null
                ? "nothing"
                : numbers(
                        change.now().value(),
                        change.now().change(),
                        change.now().changePercent());
        return String.format(
                Locale.ROOT,
                "%s  %-20s %s -> %s",
                change.observedAt(),
                QuotePrinter.printable(change.code()),
                before,
                now);
    }

    private static String numbers(BigDecimal value, BigDecimal change, BigDecimal percent) {
        return Stream.of(
                        value == null ? null : value.toPlainString(),
                        change == null ? null : change.toPlainString(),
                        percent == null ? null : percent.toPlainString() + "%")
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
