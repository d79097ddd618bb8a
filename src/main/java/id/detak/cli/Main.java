package id.detak.cli;

import id.detak.platform.UserException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.BindException;
import picocli.CommandLine;

@QuarkusMain
public final class Main {

    private Main() {
    }

    public static void main(String... args) {
        int code = execute(args);
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            System.exit(code);
        }
    }

    static int execute(String... args) {
        return new CommandLine(new DetakCommand())
                .setParameterExceptionHandler((e, arguments) -> complain(ExitCode.WRONG_USE, e.getMessage() + " (--help shows the use)"))
                .setExecutionExceptionHandler((e, commandLine, result) -> complain(e))
                .execute(args);
    }

    private static int complain(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpProblem problem) {
                return complain(ExitCode.WRONG_USE, problem.getDetail());
            }
            if (cause instanceof BindException) {
                return complain(ExitCode.UNREACHABLE, "The HTTP port is taken by another program: stop that, or set QUARKUS_HTTP_PORT to a free one.");
            }
            if (cause instanceof UserException || namesAProperty(cause)) {
                return complain(ExitCode.UNREACHABLE, cause.getMessage().lines().findFirst().orElse(""));
            }
        }
        e.printStackTrace();
        return complain(ExitCode.UNREACHABLE, e.toString().lines().findFirst().orElse(""));
    }

    /** A value of the configuration that cannot be read. */
    private static boolean namesAProperty(Throwable cause) {
        return cause.getMessage() != null && (cause.getMessage().contains("SRCFG") || cause.getMessage().contains(": detak."));
    }

    static int complain(int code, String sentence) {
        System.err.println("detak: " + sentence);
        return code;
    }
}
