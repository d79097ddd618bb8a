package id.detak.platform;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Optional;
import java.util.UUID;

/** Parameters of a request that several resources take. */
public final class Parameters {

    private static final int MOST = 1000;

    private Parameters() {
    }

    /** @throws HttpProblem 400, where it is no number from 1 to 1000 */
    public static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problems.badRequest("limit is a number from 1 to " + MOST + ".");
    }

    /**
     * @return null where it is not there
     * @throws HttpProblem 400, where it is no id
     */
    public static UUID idOrNull(String name, String text) {
        return text == null ? null : id(text).orElseThrow(() -> Problems.badRequest(name + " is no id."));
    }

    /** Of an address: what is no id is nothing that is there. */
    public static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
