/**
 * Alerts: rules, their evaluation and backtests. Rules are evaluated in the transaction that records an observation
 * ({@link id.detak.alert.RuleEvaluation}). {@link id.detak.alert.AlertTransitions} stores the effects in the same
 * transaction: the transition, the alert and the messages, which {@code notify} delivers.
 * {@link id.detak.alert.AlertTimer} handles what time alone decides: silence and reminders.
 *
 * <p>A transaction that changes the state of a rule for an indicator holds the lock on that indicator's row in
 * {@code series}. So recording, silence and edits of the rule happen one after the other on any number of replicas.
 * Each increments the version in that row, and a cached {@link id.detak.alert.RuleWatch} is valid for one version only.
 *
 * <p>{@code alert.rule} decides, in plain Java. This package may use {@code series}, {@code indicator}, {@code notify}
 * and {@code platform}.
 */
package id.detak.alert;
