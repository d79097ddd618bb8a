package id.detak.cli;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Sources.Source;
import id.detak.intake.IntakeResult;
import id.detak.series.RecordCounts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "poll", mixinStandardHelpOptions = true, description = "Polls every source once, now, and prints what was stored.")
class PollCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return CommandApplication.run(this::poll);
    }

    private int poll(CommandApplication application) {
        QuotePrinter printout = new QuotePrinter();
        RecordCounts tally = RecordCounts.NOTHING;
        int code = ExitCode.DONE;
        for (Source source : application.sources.configured()) {
            IntakeResult receipt = application.polls.pollNow(source);
            tally = tally.plus(receipt.tally());
            printout.print(receipt);
            if (!receipt.broughtStrip()) {
                boolean noStrip = receipt.capture().outcome() == FetchOutcome.NO_STRIP;
                code = Math.max(code, Main.complain(noStrip ? ExitCode.WRONG_USE : ExitCode.UNREACHABLE,
                        source.name() + ": " + receipt.capture().outcome().word() + ". " + receipt.capture().reason()));
            }
        }
        printout.line(tally.summary());
        return code;
    }
}
