package id.detak.cli;

/** Exit codes of the commands. */
final class ExitCode {

    static final int DONE = 0;
    /** Something could not be read, reached or confirmed. */
    static final int UNREACHABLE = 1;
    /** Wrong usage, or input without usable content. */
    static final int WRONG_USE = 2;

    private ExitCode() {}
}
