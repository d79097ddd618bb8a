package id.detak.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program and waits for its end. Its output goes to a file: on Windows, the server that pg_ctl starts inherits
 * the output, and a pipe would stay open as long as the server runs.
 */
final class ProcessRun {

    record Result(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }

        /** The end of its output, short enough for a sentence. */
        String summary() {
            return ServerLog.summary(output);
        }
    }

    private ProcessRun() {}

    static Result run(List<String> line, Duration limit, Path outputFile) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(Redirect.to(outputFile.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        // the messages are parsed, so they must be English; and macOS starts no server under an unknown locale
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        int exitCode = await(process, Timeout.in(limit));
        return new Result(exitCode, new String(Files.readAllBytes(outputFile), StandardCharsets.UTF_8));
    }

    /** Ignores interrupts, because a shutdown must be completed; every command has a time limit. */
    private static int await(Process process, Timeout deadline) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
                        return process.exitValue();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (deadline.passed()) {
                    process.destroyForcibly();
                    return -1;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
