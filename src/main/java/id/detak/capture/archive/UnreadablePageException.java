package id.detak.capture.archive;

/** A record whose page cannot be extracted; the records after it can be. The message is a sentence for the user. */
final class UnreadablePageException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePageException(String message) {
        super(message);
    }
}
