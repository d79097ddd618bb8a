package id.detak.strip;

import java.time.Duration;

/** Parsing a page took too long. */
public final class ParseTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ParseTimeoutException(Duration limit) {
        super("Parsing the page took longer than " + limit.toMillis() + " ms. Its markup is unusual or hostile.");
    }
}
