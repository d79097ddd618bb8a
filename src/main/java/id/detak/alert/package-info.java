/**
 * Alerts: rules, watching over them, and looking back. A rule is evaluated in the transaction that records an observation
 * ({@link id.detak.alert.RuleEvaluation}); what it decides ({@link id.detak.alert.AlertTransitions}) is written there too: the step, the
 * alert, and the messages, which {@code notify} delivers. What time alone decides (silence, reminders) is up to
 * {@link id.detak.alert.AlertTimer}.
 *
 * <p>Whoever changes where a rule stands with an indicator holds that indicator's row in {@code series}: so recording, silence
 * and a change of the rule follow one another, on however many processes. Each counts the version there up, and what a process
 * remembers ({@link id.detak.alert.RuleWatch}) is good for the one version alone.
 *
 * <p>{@code alert.rule} is the decision itself, plain Java. May use {@code series}, {@code indicator}, {@code notify} and
 * {@code platform}.
 */
package id.detak.alert;
