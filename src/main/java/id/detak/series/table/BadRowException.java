package id.detak.series.table;

/** Thrown for a row that cannot be read. The message says why. */
public class BadRowException extends RuntimeException {

    public BadRowException(String message) {
        super(message, null, false, false);
    }
}
