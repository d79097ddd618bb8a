package id.detak.strip;

/**
 * A piece of the strip before it is interpreted: a label and the numbers after it, up to the next word or bullet, or up
 * to the first percent.
 *
 * @param labelEnd the end of the words, after which separate numbers begin; a number may be attached to the last word
 * @param percent whether it ends with a percent sign, so that nothing after it can belong to it
 * @param oneLine whether label and numbers are on one line
 */
record StripPiece(int start, int labelEnd, int end, boolean percent, boolean oneLine) {

    boolean hasNumbersApart() {
        return end > labelEnd;
    }
}
