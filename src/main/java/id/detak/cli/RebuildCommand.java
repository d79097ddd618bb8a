package id.detak.cli;

import id.detak.indicator.Indicator;
import id.detak.series.Rebuild;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Recomputes qualities, bars, trading days and implied closes from the observations and the current calendar, or checks them.")
class RebuildCommand implements Callable<Integer> {

    @Option(names = "--check", description = "Changes nothing. Exit code 1 if anything differs.")
    boolean check;

    @Parameters(paramLabel = "CODE", arity = "0..*", description = "The indicators; all if omitted.")
    List<String> codes = List.of();

    @Override
    public Integer call() throws Exception {
        return CommandApplication.run(this::rebuild);
    }

    private int rebuild(CommandApplication application) {
        List<Indicator> chosen = new ArrayList<>();
        for (String code : codes) {
            Optional<Indicator> indicator =
                    QuarkusTransaction.requiringNew().call(() -> application.indicators.find(code));
            if (indicator.isEmpty()) {
                return Main.complain(ExitCode.WRONG_USE, "there is no indicator " + QuotePrinter.printable(code));
            }
            chosen.add(indicator.get());
        }
        if (chosen.isEmpty()) {
            chosen = QuarkusTransaction.requiringNew().call(application.indicators::all);
        }
        QuotePrinter printer = new QuotePrinter();
        boolean clean = true;
        for (Indicator indicator : chosen) {
            Rebuild.Outcome outcome =
                    check ? application.rebuild.check(indicator) : application.rebuild.rebuild(indicator);
            if (outcome.observations() > 0 || !outcome.isClean()) {
                printer.line(String.format(Locale.ROOT, "%-20s %s", indicator.code(), describe(outcome)));
            }
            clean &= outcome.isClean();
        }
        if (check && !clean) {
            return Main.complain(
                    ExitCode.UNREACHABLE, "bars and observations do not agree: run rebuild without --check");
        }
        return ExitCode.DONE;
    }

    private String describe(Rebuild.Outcome outcome) {
        if (outcome.isClean()) {
            return String.format(Locale.ROOT, "%d observations, consistent", outcome.observations());
        }
        return String.format(
                Locale.ROOT,
                "%d observations, %d with another quality, %d on another trading day, %d implied closes and %d bars %s",
                outcome.observations(),
                outcome.verdicts(),
                outcome.movedDays(),
                outcome.impliedCloses(),
                outcome.bars(),
                check ? "do not agree" : "repaired");
    }
}
