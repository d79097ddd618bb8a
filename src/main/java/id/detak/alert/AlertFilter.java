package id.detak.alert;

import id.detak.alert.rule.AlertState;
import java.time.Instant;
import java.util.UUID;

/**
 * Which alerts are asked for; what is null does not matter.
 *
 * @param before the last alert of the page before
 * @param from fired at or after it
 * @param to fired at or before it
 */
public record AlertFilter(AlertState state, Integer indicatorId, UUID ruleId, UUID before, Instant from, Instant to) {

    static final AlertFilter NONE = of(null, null);

    public static AlertFilter of(AlertState state, UUID before) {
        return new AlertFilter(state, null, null, before, null, null);
    }
}
