package id.detak.alert;

import id.detak.alert.rule.AlertState;
import java.time.Instant;
import java.util.UUID;

/**
 * Selects alerts; a null does not restrict.
 *
 * @param before the last alert of the previous page
 * @param from fired at or after this instant
 * @param to fired at or before this instant
 */
public record AlertFilter(AlertState state, Integer indicatorId, UUID ruleId, UUID before, Instant from, Instant to) {

    static final AlertFilter NONE = of(null, null);

    public static AlertFilter of(AlertState state, UUID before) {
        return new AlertFilter(state, null, null, before, null, null);
    }
}
