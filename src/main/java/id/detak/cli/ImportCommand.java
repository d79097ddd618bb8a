package id.detak.cli;

import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.intake.ObservationTime;
import id.detak.intake.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", mixinStandardHelpOptions = true, description = "Takes in saved pages and prints what was stored.")
class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Saved pages, as text or HTML; - for standard input.")
    List<String> files;

    @Option(names = "--observed-at", paramLabel = "TIME",
            description = "When the pages were got, such as 2021-03-02T09:30:00+07:00. It is never read from the page: an article's date is not the strip's time.")
    String observedAt;

    @Override
    public Integer call() throws Exception {
        Instant at = ObservationTime.parse("--observed-at", observedAt, Instant.now());
        Map<String, String> pages = new LinkedHashMap<>();
        files.forEach(file -> pages.put(file, new PageFile(file).read()));
        return CommandApplication.run(application -> take(application, pages, at));
    }

    private static int take(CommandApplication application, Map<String, String> pages, Instant at) {
        Printout printout = new Printout();
        List<Receipt> receipts = new ArrayList<>();
        int code = ExitCode.DONE;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            String name = page.getKey().equals("-") ? "standard input" : Path.of(page.getKey()).getFileName().toString();
            Receipt receipt = application.intake.take(new Arrival("import:" + name, Via.IMPORT, null, at, null, null, new Arrival.Page(page.getValue())));
            receipts.add(receipt);
            printout.print(receipt);
            if (!receipt.broughtStrip()) {
                code = Main.complain(ExitCode.WRONG_USE, page.getKey() + ": " + receipt.capture().reason());
            }
        }
        printout.line(Receipt.summary(receipts));
        return code;
    }
}
