/**
 * What a rule is and when it fires. Plain Java over samples in order of time, without database, clock or framework:
 * live evaluation and backtests run the same code.
 *
 * <p>An observation becomes a {@link id.detak.alert.rule.Sample} ({@link id.detak.alert.rule.Samples}), a
 * {@link id.detak.alert.rule.RuleMeasure} measures it against its window, {@link id.detak.alert.rule.Verdict} compares
 * that with the rule's threshold, and {@link id.detak.alert.rule.RuleRun} turns verdicts into states. Each sample costs
 * the same for windows of any length.
 */
package id.detak.alert.rule;
