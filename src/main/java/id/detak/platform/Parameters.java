package id.detak.platform;

import java.util.Optional;
import java.util.UUID;

/** Parameters of a request that several resources take. */
public final class Parameters {

    /** The pattern of ids in paths. Only ids match, so that the path does not hide literal paths beside it. */
    public static final String UUID_PATTERN = "[0-9A-Fa-f]+-[0-9A-Fa-f-]+";

    private static final int MOST = 1000;

    private Parameters() {}

    /** @throws RejectedException if it is not a number from 1 to 1000 */
    public static int limit(String text) {
        return upTo(MOST, text)
                .orElseThrow(() -> RejectedException.invalid("limit must be a number from 1 to " + MOST + "."));
    }

    /** @throws RejectedException if it is not a whole number from 1 to the maximum */
    public static int wholeNumber(String name, String text, int most) {
        return upTo(most, text)
                .orElseThrow(() -> RejectedException.invalid(name + " must be a whole number from 1 to " + most + "."));
    }

    private static Optional<Integer> upTo(int most, String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= 1 && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * @return null if it is missing
     * @throws RejectedException if it is not an id
     */
    public static UUID idOrNull(String name, String text) {
        return text == null ? null : id(text).orElseThrow(() -> RejectedException.invalid(name + " is not an id."));
    }

    /** The id in a URL; empty if the text is not an id, which callers treat like an unknown id. */
    public static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
