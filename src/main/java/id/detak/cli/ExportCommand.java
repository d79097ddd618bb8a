package id.detak.cli;

import id.detak.platform.UserException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes all observations as CSV, in the format that import reads.")
class ExportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "The file to write, or - for standard output. Compressed if the name ends in .gz. "
                    + "An existing file is replaced when the new one is complete.")
    String file;

    @Override
    public Integer call() throws Exception {
        if (file.equals("-")) {
            return CommandApplication.run(application -> {
                OutputStream out = new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.out));
                long rows = application.csvExport.all(out);
                out.flush();
                return done(application, rows);
            });
        }
        Path target = Path.of(file).toAbsolutePath();
        if (Files.isDirectory(target) || !Files.isDirectory(target.getParent())) {
            throw new UserException("Cannot write " + file + ": "
                    + (Files.isDirectory(target) ? "it is a folder." : "its folder does not exist."));
        }
        return CommandApplication.run(application -> done(application, write(application, target)));
    }

    private static long write(CommandApplication application, Path target) throws IOException {
        Path part =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            long rows;
            try (OutputStream out = target.toString().endsWith(".gz")
                    ? new GZIPOutputStream(Files.newOutputStream(part))
                    : Files.newOutputStream(part)) {
                rows = application.csvExport.all(out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } catch (IOException e) {
            throw new UserException("Cannot write " + target + ": " + e.getMessage());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static int done(CommandApplication application, long rows) {
        System.err.println(rows + " rows written");
        application
                .versions
                .prunedBefore()
                .ifPresent(
                        day -> System.err.println(
                                "Before " + day
                                        + ", only bars are kept (DETAK_KEEP_OBSERVATIONS). An export does not contain bars; a backup does."));
        return ExitCode.DONE;
    }
}
