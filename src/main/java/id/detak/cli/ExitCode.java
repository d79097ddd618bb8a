package id.detak.cli;

/** Exit codes of the commands. */
final class ExitCode {

    static final int DONE = 0;
    /** Something could not be read, reached or confirmed. */
    static final int UNREACHABLE = 1;
    /** Wrong usage, or input without usable content. */
    static final int WRONG_USE = 2;
    /** The server hung and ended itself, to be started again. The JVM uses the same code when it is out of memory. */
    static final int HUNG = 3;

    private ExitCode() {}
}
