package id.detak.strip;

/** Where the sign of a change or percent comes from. */
enum SignOrigin {
    /** A printed plus or minus, brackets, or no sign at all, because the number is zero or missing. */
    PRINTED,
    /** An arrow, printed or stated by the markup. */
    ARROW,
    /** No sign: the number is read as a rise. */
    BARE
}
