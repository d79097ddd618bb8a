package id.detak.cli;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Sources.Source;
import id.detak.intake.IntakeResult;
import id.detak.series.RecordCounts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "poll",
        mixinStandardHelpOptions = true,
        description = "Polls every source once and prints the stored quotes.")
class PollCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return CommandApplication.run(this::poll);
    }

    private int poll(CommandApplication application) {
        QuotePrinter printer = new QuotePrinter();
        RecordCounts tally = RecordCounts.NOTHING;
        int code = ExitCode.DONE;
        for (Source source : application.sources.configured()) {
            IntakeResult result = application.polls.pollNow(source);
            tally = tally.plus(result.tally());
            printer.print(result);
            if (!result.broughtStrip()) {
                boolean noStrip = result.capture().outcome() == FetchOutcome.NO_STRIP;
                code = Math.max(
                        code,
                        Main.complain(
                                noStrip ? ExitCode.WRONG_USE : ExitCode.UNREACHABLE,
                                source.name() + ": "
                                        + result.capture().outcome().word() + ". "
                                        + result.capture().reason()));
            }
        }
        printer.line(tally.summary());
        return code;
    }
}
