/**
 * What a rule is and when it fires: plain Java over samples in the order of time, without database, clock or framework, so
 * that watching live and looking back ({@code Backtest}) are the same code.
 *
 * <p>The way of a number: an observation becomes a {@link id.detak.alert.rule.Sample} ({@link id.detak.alert.rule.Samples}), a
 * {@link id.detak.alert.rule.Gauge} measures it against its window, {@link id.detak.alert.rule.Verdict} holds that against a
 * rule's threshold, and {@link id.detak.alert.rule.RuleRun} turns verdicts into states. Each costs the same whatever the length
 * of the window.
 */
package id.detak.alert.rule;
