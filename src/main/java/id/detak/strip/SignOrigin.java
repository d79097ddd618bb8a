package id.detak.strip;

/** What the sign of a change or percent was read from. */
enum SignOrigin {
    /** A printed plus or minus, or brackets; or there is nothing that has a sign. */
    PRINTED,
    /** An arrow, which may be printed, or stated by the markup. */
    ARROW,
    /** Nothing: a number without a sign is a rise. */
    BARE
}
