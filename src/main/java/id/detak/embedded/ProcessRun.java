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
 * Runs a program to its end. Its output goes to a file: the server that pg_ctl leaves behind inherits the output on
 * Windows, and a pipe would stay open for as long as the server lives.
 */
final class ProcessRun {

    record Result(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }

        /** The end of what it said, short enough for a sentence. */
        String summary() {
            return ServerLog.summary(output);
        }
    }

    private ProcessRun() {}

    static Result run(List<String> line, Duration limit, Path outputFile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(outputFile.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        // messages in English, which are looked at; and macOS starts no server under a locale that it does not know
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        int exitCode = await(process, Timeout.in(limit));
        return new Result(exitCode, new String(Files.readAllBytes(outputFile), StandardCharsets.UTF_8));
    }

    /** An interrupt does not end it: a stop that has begun has to be seen through, and every command has its limit. */
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
