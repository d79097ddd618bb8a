package id.detak.cli;

import id.detak.platform.UserException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

@QuarkusMain
public final class Main {

    private Main() {
    }

    public static void main(String... args) {
        int code = execute(args);
        if (code != ExitCode.DONE || args.length > 0) {
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
        if (e instanceof UserException) {
            return complain(ExitCode.UNREACHABLE, e.getMessage());
        }
        if (e instanceof HttpProblem problem) {
            return complain(ExitCode.WRONG_USE, problem.getDetail());
        }
        e.printStackTrace();
        return complain(ExitCode.UNREACHABLE, e.toString().lines().findFirst().orElse(""));
    }

    static int complain(int code, String sentence) {
        System.err.println("detak: " + sentence);
        return code;
    }
}
