package id.detak.strip;

/** Where the sign of a change or percent comes from. */
enum SignOrigin {
    /** A printed plus or minus, or no sign at all, because the number is zero or missing. */
    PRINTED,
    /** Brackets: the number is read as a fall. */
    BRACKETS,
    /** An arrow, printed or stated by the markup. */
    ARROW,
    /** No sign: the number is read as a rise. */
    BARE
}
