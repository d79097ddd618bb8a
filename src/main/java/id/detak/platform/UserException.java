package id.detak.platform;

/** A problem that the user can solve. The message is one sentence that says what to do. */
public class UserException extends RuntimeException {

    public UserException(String message) {
        super(message);
    }
}
