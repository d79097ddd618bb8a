package id.detak.cli;

import id.detak.http.ConnectionGuard;
import id.detak.platform.BadSettingException;
import id.detak.platform.RejectedException;
import id.detak.platform.UserException;
import id.detak.platform.log.SingleLine;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.BindException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Parses the command line, runs the command, and turns failures into one line on standard error and an exit code. */
@QuarkusMain
public final class Main {

    /** The property in Quarkus' message about a value that it cannot convert. */
    private static final Pattern PROPERTY = Pattern.compile("\\bdetak\\.[a-z][a-z-]*\\b(?=\\s|$)");

    /** How the TLS registry of Quarkus begins to complain. */
    private static final Pattern CERTIFICATES = Pattern.compile("^Invalid .* configuration for certificate ");

    private Main() {}

    public static void main(String... args) {
        // before anything logs, otherwise the JDK chooses its own; only other kinds of package set it before main
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // as early: Netty reads it once
        System.setProperty(ConnectionGuard.PROPERTY, ConnectionGuard.PROPERTY_VALUE);
        int code = execute(args);
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            System.exit(code);
        }
    }

    static int execute(String... args) {
        return new CommandLine(new DetakCommand())
                .setParameterExceptionHandler(
                        (e, arguments) -> complain(ExitCode.WRONG_USE, e.getMessage() + " (see --help)"))
                .setExecutionExceptionHandler((e, commandLine, result) -> complain(e))
                .execute(args);
    }

    /**
     * Prints an error for the first cause that explains itself, or a stack trace if there is none. Returns the exit
     * code.
     */
    static int complain(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedException) {
                return complain(ExitCode.WRONG_USE, cause.getMessage());
            }
            if (cause instanceof BindException) {
                return complain(
                        ExitCode.UNREACHABLE,
                        "The HTTP port is used by another program. Stop that program, or set QUARKUS_HTTP_PORT to a free port.");
            }
            if (cause instanceof UserException) {
                return complain(
                        cause instanceof BadSettingException ? ExitCode.WRONG_USE : ExitCode.UNREACHABLE,
                        cause.getMessage());
            }
            if (CERTIFICATES.matcher(String.valueOf(cause.getMessage())).find()) {
                return complain(ExitCode.WRONG_USE, "quarkus.tls.*: " + cause.getMessage() + ": " + rootMessage(cause));
            }
            Matcher property = PROPERTY.matcher(String.valueOf(cause.getMessage()));
            if (property.find()) {
                String variable = property.group()
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')
                        .replace('-', '_');
                return complain(ExitCode.WRONG_USE, variable + " has an invalid value: see src/docs/configuration.md.");
            }
        }
        e.printStackTrace();
        return complain(ExitCode.UNREACHABLE, e.toString().lines().findFirst().orElse(""));
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Prints one line on standard error and returns the exit code. */
    static int complain(int code, String sentence) {
        System.err.println("detak: " + SingleLine.of(sentence));
        return code;
    }
}
