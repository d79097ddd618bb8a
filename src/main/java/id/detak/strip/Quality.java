package id.detak.strip;

import java.util.Locale;

/** The result of checking the numbers of a quote against each other. */
public enum Quality {
    /** Value, change and percent agree within rounding. */
    OK,
    /** A field is missing, so that the numbers cannot be checked. */
    UNCHECKED,
    /** The fields contradict each other, or the text could be cut in more than one way. */
    SUSPECT,
    /**
     * Not shown in a strip: the close of a day without observations, calculated from a quote of the next trading day.
     */
    IMPLIED;

    /** The word in the database, in JSON and in CSV. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such word */
    public static Quality of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
