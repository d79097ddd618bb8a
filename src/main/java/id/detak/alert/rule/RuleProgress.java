package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The progress of a rule for an indicator.
 *
 * @param since when the rule entered the state
 * @param seen observations in a row that met the condition, while pending
 * @param day the trading day that the state is about, for a rule about a day
 * @param coolUntil the end of the cool-down, or null
 * @param alertId while firing
 * @param worstValue the worst value while firing, or null
 * @param worstPercent the same in percent
 */
public record RuleProgress(
        AlertState state,
        Instant since,
        int seen,
        LocalDate day,
        Instant coolUntil,
        UUID alertId,
        BigDecimal worstValue,
        BigDecimal worstPercent,
        Instant worstAt) {

    public static final RuleProgress NONE =
            new RuleProgress(AlertState.NO_DATA, null, 0, null, null, null, null, null, null);

    RuleProgress to(AlertState next, Instant at) {
        return new RuleProgress(next, at, 0, day, coolUntil, null, null, null, null);
    }

    RuleProgress counting(int count) {
        return new RuleProgress(state, since, count, day, coolUntil, alertId, worstValue, worstPercent, worstAt);
    }

    RuleProgress coolingUntil(Instant until) {
        return new RuleProgress(state, since, seen, day, until, alertId, worstValue, worstPercent, worstAt);
    }

    RuleProgress on(LocalDate tradingDay) {
        return new RuleProgress(state, since, seen, tradingDay, coolUntil, alertId, worstValue, worstPercent, worstAt);
    }

    RuleProgress firing(UUID alert) {
        return new RuleProgress(state, since, seen, day, coolUntil, alert, worstValue, worstPercent, worstAt);
    }

    RuleProgress worst(BigDecimal value, BigDecimal percent, Instant at) {
        return new RuleProgress(state, since, seen, day, coolUntil, alertId, value, percent, at);
    }
}
