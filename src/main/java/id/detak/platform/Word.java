package id.detak.platform;

import java.util.Arrays;
import java.util.Optional;

/** An enum constant with a word of its own in tables, JSON and CSV. */
public interface Word {

    String word();

    static <E extends Enum<E> & Word> Optional<E> find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.word().equals(word))
                .findFirst();
    }

    /** @throws IllegalArgumentException if there is no such word */
    static <E extends Enum<E> & Word> E of(Class<E> type, String word) {
        return find(type, word)
                .orElseThrow(() -> new IllegalArgumentException("No " + type.getSimpleName() + ": " + word));
    }
}
