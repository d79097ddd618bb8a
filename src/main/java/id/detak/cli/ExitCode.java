package id.detak.cli;

/** What the commands answer to the shell. */
final class ExitCode {

    static final int DONE = 0;
    /** Could not read or reach. */
    static final int UNREACHABLE = 1;
    /** Nothing to understand, or wrong use. */
    static final int WRONG_USE = 2;

    private ExitCode() {
    }
}
