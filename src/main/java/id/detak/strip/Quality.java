package id.detak.strip;

/** What the check within a quote says of it. */
public enum Quality {
    /** Value, change and percent agree within rounding. */
    OK,
    /** A field is missing, so there is nothing to check against. */
    UNCHECKED,
    /** The fields contradict each other, or the text could be cut in more than one way. */
    SUSPECT,
    /** Shown by no strip: the close of a day that nobody observed, as a quote of the next trading day tells it. */
    IMPLIED
}
