package id.detak.platform;

/** Something that the person who runs Detak can mend. The message is one plain sentence that says how. */
public class UserException extends RuntimeException {

    public UserException(String message) {
        super(message);
    }
}
