package id.detak.platform;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a setting that must be a whole number from one on; see {@link NonNegative}. */
public final class Positive implements Converter<Integer> {

    @Override
    public Integer convert(String text) {
        int number = new NonNegative().convert(text);
        if (number == 0) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is not a whole number from 1 on.");
        }
        return number;
    }
}
