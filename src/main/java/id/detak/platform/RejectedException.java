package id.detak.platform;

/**
 * Input that the program does not accept, from a request or a command. The message tells the user what is wrong and
 * what to do.
 */
public final class RejectedException extends RuntimeException {

    /** Why it was rejected; the HTTP status follows from it. */
    public enum Reason {
        INVALID,
        NOT_FOUND,
        CONFLICT
    }

    private final Reason reason;

    private RejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static RejectedException invalid(String message) {
        return new RejectedException(Reason.INVALID, message);
    }

    public static RejectedException notFound(String message) {
        return new RejectedException(Reason.NOT_FOUND, message);
    }

    public static RejectedException conflict(String message) {
        return new RejectedException(Reason.CONFLICT, message);
    }

    public Reason reason() {
        return reason;
    }
}
