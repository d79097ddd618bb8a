package id.detak.strip;

/**
 * A piece of the strip, before anything is understood: a label and the numbers behind it, up to the next word or
 * bullet, or up to the first percent.
 *
 * @param labelEnd where the words end and numbers standing apart begin; a number may be glued to the last word
 * @param percent  whether it ends with a percent sign: then nothing that follows can belong to it
 * @param oneLine  whether label and numbers stand on one line
 */
record StripPiece(int start, int labelEnd, int end, boolean percent, boolean oneLine) {

    boolean hasNumbersApart() {
        return end > labelEnd;
    }
}
