package id.detak.access;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A token that is about to be checked.
 *
 * @param guessable whether a person may have chosen the right one; random ones cannot be guessed
 * @param slow whether the check computes a slow hash
 * @param result the credential, or empty if the token is wrong
 */
record TokenCheck<T>(boolean guessable, boolean slow, Supplier<Optional<T>> result) {

    static <T> TokenCheck<T> ofRandom(Supplier<Optional<T>> result) {
        return new TokenCheck<>(false, false, result);
    }
}
