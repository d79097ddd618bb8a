package id.detak.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Kind;
import id.detak.series.Observation;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Problems that users of alerting programs report. November 2026: the 20th is a Friday, the 23rd a Monday. */
@BesideTheApplication
class RuleStoriesTest {

    private static Rule rule(
            RuleType type,
            String percent,
            String level,
            String window,
            String resolve,
            Object confirm,
            String coolDown) {
        boolean byLevel = type.hasLevel();
        return new Rule(
                "rule",
                null,
                type,
                number(percent),
                number(level),
                window == null ? null : TimeSpan.of(window),
                byLevel ? null : number(resolve),
                byLevel ? number(resolve) : null,
                confirm == null ? null : Confirmation.of(confirm),
                coolDown == null ? null : TimeSpan.of(coolDown),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static Rule below(String level, String resolve) {
        return rule(RuleType.BELOW, null, level, null, resolve, null, null);
    }

    private static Rule dayChange(String percent) {
        return rule(RuleType.DAY_CHANGE, percent, null, null, null, null, null);
    }

    // ---- fires every time, and only then

    @Test
    void aRuleFiresAgainAfterItResolved() {
        Series series = new Series(Kind.INDEX, below("900", null));
        series.see("2026-11-23T10:00:00", "901")
                .see("2026-11-23T10:05:00", "899")
                .see("2026-11-23T10:10:00", "900")
                .see("2026-11-23T10:15:00", "899.99")
                .see("2026-11-23T10:20:00", "899");
        assertThat(series.story())
                .containsExactly("ok 11-23T10:00", "firing 11-23T10:05", "resolved 11-23T10:10", "firing 11-23T10:15");
        assertThat(series.steps.get(1).alertId())
                .isEqualTo(series.steps.get(2).alertId())
                .isNotEqualTo(series.steps.get(3).alertId());
    }

    @Test
    void resolveLevelKeepsJitterFromFiringAgain() {
        Series series = new Series(Kind.INDEX, below("900", "905"));
        String[] values = {"899", "901", "899", "904.99", "898", "905", "904", "899"};
        for (int i = 0; i < values.length; i++) {
            series.see("2026-11-23T10:0" + i + ":00", values[i]);
        }
        assertThat(series.story()).containsExactly("firing 11-23T10:00", "resolved 11-23T10:05", "firing 11-23T10:07");
    }

    @Test
    void resolvePercentKeepsJitterFromFiringAgain() {
        Series series = new Series(Kind.INDEX, rule(RuleType.DROP_OVER, "5", null, "P30D", "4", null, null));
        series.see("2026-11-23T10:00:00", "1000")
                .see("2026-11-23T10:05:00", "950")
                .see("2026-11-23T10:10:00", "951")
                .see("2026-11-23T10:15:00", "950")
                .see("2026-11-23T10:20:00", "960")
                .see("2026-11-23T10:25:00", "960.01")
                .see("2026-11-23T10:30:00", "951")
                .see("2026-11-23T10:35:00", "950");
        assertThat(series.story())
                .containsExactly("ok 11-23T10:00", "firing 11-23T10:05", "resolved 11-23T10:25", "firing 11-23T10:35");
    }

    @Test
    void valuesBeforeALongGapDoNotCountForLaterWindows() {
        Series series = new Series(Kind.INDEX, rule(RuleType.DROP_OVER, "5", null, "P30D", "4", null, null));
        series.see("2025-03-31T10:00:00", "1000")
                .see("2026-11-23T10:00:00", "900")
                .see("2026-11-23T10:05:00", "899");
        assertThat(series.firings()).isEmpty();
        Series change = new Series(Kind.INDEX, rule(RuleType.CHANGE_OVER, "-5", null, "P7D", null, null, null));
        change.see("2025-03-31T10:00:00", "1000")
                .see("2026-11-23T10:00:00", "900")
                .see("2026-11-30T10:00:00", "850");
        assertThat(change.firings()).containsExactly("11-30T10:00");
    }

    @Test
    void theCloseBeforeTheLongestHolidayIsValidAfterIt() {
        Series series = new Series(Kind.INDEX, rule(RuleType.DROP_OVER, "5", null, "1td", null, null, null));
        series.see("2024-04-05T15:55:00", "1000").see("2024-04-16T09:05:00", "940");
        assertThat(series.firings()).containsExactly("04-16T09:05");
    }

    /** A late poll is older than the observation that resolved the alert or began the confirmation. */
    @Test
    void aLatePollNeitherRefiresNorRestartsConfirmation() {
        Series resolved = new Series(Kind.INDEX, below("900", null));
        resolved.see("2026-11-23T10:00:00", "899").see("2026-11-23T10:05:00", "901");
        assertThat(resolved.late("2026-11-23T10:04:00", "898")).isEmpty();
        Series pending = new Series(Kind.INDEX, rule(RuleType.BELOW, null, "900", null, null, 2, null));
        pending.see("2026-11-23T10:00:00", "901").see("2026-11-23T10:05:00", "899");
        assertThat(pending.late("2026-11-23T10:04:00", "902")).isEmpty();
        assertThat(pending.see("2026-11-23T10:10:00", "898").firings()).containsExactly("11-23T10:10");
        Series calm = new Series(Kind.INDEX, below("900", null));
        calm.see("2026-11-23T10:00:00", "901").see("2026-11-23T10:05:00", "902");
        assertThat(calm.late("2026-11-23T10:04:00", "898")).hasSize(1);
    }

    @Test
    void belowAndAboveExcludeTheLevelItself() {
        Series below = new Series(Kind.INDEX, below("900", null));
        Series above = new Series(Kind.INDEX, rule(RuleType.ABOVE, null, "900", null, "890", null, null));
        for (Series series : new Series[] {below, above}) {
            series.see("2026-11-23T10:00:00", "900.00")
                    .see("2026-11-23T10:05:00", "900.01")
                    .see("2026-11-23T10:10:00", "899.99")
                    .see("2026-11-23T10:15:00", "890");
        }
        assertThat(below.story()).containsExactly("ok 11-23T10:00", "firing 11-23T10:10");
        assertThat(above.story()).containsExactly("ok 11-23T10:00", "firing 11-23T10:05", "resolved 11-23T10:15");
    }

    @Test
    void risesFireAsFallsDo() {
        Series rise = new Series(Kind.INDEX, rule(RuleType.CHANGE_OVER, "3", null, "P1D", null, null, null));
        Series fall = new Series(Kind.INDEX, rule(RuleType.CHANGE_OVER, "-3", null, "P1D", null, null, null));
        for (Series series : new Series[] {rise, fall}) {
            series.see("2026-11-23T10:00:00", "1000")
                    .see("2026-11-23T15:00:00", "1030")
                    .see("2026-11-24T10:00:00", "1030")
                    .see("2026-11-24T15:00:00", "999");
        }
        assertThat(rise.story()).containsExactly("firing 11-24T10:00", "resolved 11-24T15:00");
        assertThat(fall.story())
                .as("history did not reach back a day before")
                .containsExactly("ok 11-24T10:00", "firing 11-24T15:00");
    }

    // ---- days

    @Test
    void aFallOnEachOfTwoDaysFiresOnEach() {
        Series series = new Series(Kind.INDEX, dayChange("2"));
        series.see("2026-11-23T10:00:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-23T15:55:00", "975", "-25", "-2.50", "1000")
                .see("2026-11-24T09:05:00", "950", "-25", "-2.56", "975");
        assertThat(series.story()).containsExactly("firing 11-23T10:00", "resolved 11-24T09:05", "firing 11-24T09:05");
        assertThat(series.steps.get(1).cause()).isEqualTo(Transition.Cause.NEW_DAY);
    }

    @Test
    void yesterdaysNumbersRepeatedAfterTheOpeningDoNotFire() {
        Series series = new Series(Kind.GOLD, dayChange("2"));
        series.see("2026-11-23T10:00:00", "970", null, "-3.00", null)
                .see("2026-11-24T08:31:00", "970", null, "-3.00", null)
                .see("2026-11-24T09:00:00", "970", null, "-3.00", null)
                .see("2026-11-24T09:30:00", "971", null, "0.10", null);
        assertThat(series.story()).containsExactly("firing 11-23T10:00", "resolved 11-24T09:30");
    }

    @Test
    void fridaysFallDoesNotFireAgainOnMonday() {
        Series series = new Series(Kind.INDEX, dayChange("2"));
        series.see("2026-11-20T15:55:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-21T10:00:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-22T10:00:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-23T08:55:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-23T09:01:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-23T09:06:00", "972", "2", "0.21", "970");
        assertThat(series.story()).containsExactly("firing 11-20T15:55", "resolved 11-23T09:06");
    }

    @Test
    void aFundsPercentRepeatedAfterFiveDoesNotCountTwice() {
        Rule fall = rule(RuleType.DROP_OVER, "3", null, "P30D", null, null, null);
        Series level = new Series(Kind.FUND, fall);
        Series day = new Series(Kind.FUND, dayChange("1.5"));
        for (Series series : new Series[] {level, day}) {
            series.percent("2026-11-22T10:00:00", "0.00")
                    .percent("2026-11-23T18:00:00", "-2.00")
                    .percent("2026-11-24T10:00:00", "-2.00")
                    .percent("2026-11-24T17:05:00", "-2.00")
                    .percent("2026-11-24T20:00:00", "-0.10");
        }
        assertThat(level.firings()).isEmpty();
        assertThat(day.story()).containsExactly("ok 11-22T10:00", "firing 11-23T18:00", "resolved 11-24T20:00");
    }

    @Test
    void twoEqualDaysOfAFundCountTwice() {
        Series level = new Series(Kind.FUND, rule(RuleType.DROP_OVER, "3", null, "P30D", null, null, null));
        Series day = new Series(Kind.FUND, dayChange("1.5"));
        for (Series series : new Series[] {level, day}) {
            series.percent("2026-11-20T10:00:00", "0.00")
                    .percent("2026-11-23T18:00:00", "-2.00")
                    .percent("2026-11-24T18:00:00", "-2.00")
                    .percent("2026-11-25T16:00:00", "-2.00")
                    .percent("2026-11-25T17:05:00", "-2.00")
                    .percent("2026-11-25T20:00:00", "0.00");
        }
        assertThat(level.firings())
                .as("as soon as the 24th is known to be a separate day")
                .containsExactly("11-25T17:05");
        assertThat(level.steps.get(1).value()).isEqualByComparingTo("96.04");
        assertThat(day.firings()).containsExactly("11-23T18:00", "11-25T17:05");
        assertThat(day.steps.get(3).tradingDay()).isEqualTo("2026-11-24");
    }

    @Test
    void aFundsPercentSeenSixtyTimesInADayCountsOnce() {
        Series series = new Series(Kind.FUND, rule(RuleType.DROP_OVER, "3", null, "P30D", null, null, null));
        series.percent("2026-11-23T10:00:00", "0.00");
        for (int i = 0; i < 60; i++) {
            series.percent("2026-11-23T18:%02d:00".formatted(i), "-2.00");
        }
        assertThat(series.firings()).isEmpty();
    }

    @Test
    void currencyPairsUseValuesNotThePrintedSign() {
        Series series = new Series(Kind.CURRENCY, dayChange("0.3"));
        series.see("2026-11-23T10:00:00", "16200", "0", "0.00", "16200")
                .see("2026-11-24T10:00:00", "16296", "-96.00", "-0.59", "16200")
                .see("2026-11-25T10:00:00", "16146", "150.00", "0.92", null);
        assertThat(series.firings())
                .as("printed as a gain of the rupiah: the dollar fell from the previous close")
                .containsExactly("11-25T10:00");
        assertThat(series.steps.get(series.steps.size() - 1).changePercent().doubleValue())
                .isBetween(-0.93, -0.92);
    }

    @Test
    void ambiguousCurrencyQuoteWithoutPreviousDayIsNoData() {
        Series series = new Series(Kind.CURRENCY, dayChange("0.1"));
        series.see("2026-11-20T10:00:00", "16900", "45.00", "0.27", null)
                .see("2026-11-24T10:00:00", "16000", "-45.00", "-0.27", null);
        assertThat(series.story()).isEmpty();
        assertThat(series.run.progress().state()).isEqualTo(AlertState.NO_DATA);
    }

    // ---- options

    @Test
    void confirmationByCountNeedsThatManyInARow() {
        Series series = new Series(Kind.INDEX, rule(RuleType.BELOW, null, "900", null, "905", 3, null));
        String[] values = {"899", "898", "901", "899", "898", "897", "896"};
        for (int i = 0; i < values.length; i++) {
            series.see("2026-11-23T10:0" + i + ":00", values[i]);
        }
        assertThat(series.story())
                .containsExactly("pending 11-23T10:00", "ok 11-23T10:02", "pending 11-23T10:03", "firing 11-23T10:05");
    }

    @Test
    void confirmationByTimeNeedsThatLong() {
        Series series = new Series(Kind.INDEX, rule(RuleType.BELOW, null, "900", null, null, "PT10M", null));
        series.see("2026-11-23T10:00:00", "899")
                .see("2026-11-23T10:09:59", "899")
                .see("2026-11-23T10:10:00", "899");
        assertThat(series.story()).containsExactly("pending 11-23T10:00", "firing 11-23T10:10");
    }

    @Test
    void aLastingFallFiresAfterTheCoolDown() {
        Series series = new Series(Kind.INDEX, rule(RuleType.BELOW, null, "900", null, null, null, "PT1H"));
        series.see("2026-11-23T10:00:00", "899")
                .see("2026-11-23T10:05:00", "901")
                .see("2026-11-23T10:10:00", "899")
                .see("2026-11-23T11:04:59", "899")
                .see("2026-11-23T11:05:00", "899");
        assertThat(series.story())
                .containsExactly(
                        "firing 11-23T10:00", "resolved 11-23T10:05", "pending 11-23T10:10", "firing 11-23T11:05");
    }

    @Test
    void aFallThatEndsWithinTheCoolDownDoesNotFire() {
        Series series = new Series(Kind.INDEX, rule(RuleType.BELOW, null, "900", null, null, null, "PT1H"));
        series.see("2026-11-23T10:00:00", "899")
                .see("2026-11-23T10:05:00", "901")
                .see("2026-11-23T10:10:00", "899")
                .see("2026-11-23T10:15:00", "901")
                .see("2026-11-23T11:15:00", "902");
        assertThat(series.firings()).containsExactly("11-23T10:00");
    }

    // ---- new lows and highs

    @Test
    void aNewLowFiresOnceAndResolvesOnePercentAboveIt() {
        Series series = new Series(Kind.INDEX, rule(RuleType.NEW_LOW, null, null, "P30D", null, null, null));
        series.see("2026-11-23T10:00:00", "1000")
                .see("2026-11-23T10:05:00", "1000")
                .see("2026-11-23T10:10:00", "980")
                .see("2026-11-23T10:15:00", "979")
                .see("2026-11-23T10:20:00", "988.78")
                .see("2026-11-23T10:25:00", "988.79")
                .see("2026-11-23T10:30:00", "979")
                .see("2026-11-23T10:35:00", "978.99");
        assertThat(series.story())
                .containsExactly("ok 11-23T10:05", "firing 11-23T10:10", "resolved 11-23T10:25", "firing 11-23T10:35");
    }

    @Test
    void theWorstOfANewLowIsTheLowestValue() {
        Series series = new Series(Kind.INDEX, rule(RuleType.NEW_LOW, null, null, "P30D", null, null, null));
        series.see("2026-11-23T10:00:00", "1000")
                .see("2026-11-23T10:05:00", "980")
                .see("2026-11-23T10:10:00", "975")
                .see("2026-11-23T10:15:00", "976");
        assertThat(series.run.progress().worstValue()).isEqualByComparingTo("975");
    }

    @Test
    void valuesThatLeftTheWindowDoNotCount() {
        Series series = new Series(Kind.INDEX, rule(RuleType.NEW_HIGH, null, null, "P1D", null, null, null));
        series.see("2026-11-19T10:00:00", "1000")
                .see("2026-11-19T15:00:00", "900")
                .see("2026-11-20T09:59:00", "950")
                .see("2026-11-20T15:00:00", "960");
        assertThat(series.firings())
                .as("1000 was valid until 15:00 of the day before")
                .containsExactly("11-20T15:00");
    }

    @Test
    void aTradingDayBeginsAtThePreviousCloseEvenWithAQuoteAtTheTurn() {
        Series series = new Series(Kind.INDEX, rule(RuleType.CHANGE_OVER, "-3", null, "1td", null, null, null));
        series.see("2026-11-20T15:55:00", "1000")
                .see("2026-11-23T09:00:00", "960")
                .see("2026-11-23T09:05:00", "960")
                .see("2026-11-23T15:00:00", "980");
        assertThat(series.story()).containsExactly("firing 11-23T09:00", "resolved 11-23T15:00");
    }

    @Test
    void oneMonthBeforeTheEndOfMarchIsTheEndOfFebruary() {
        Series series = new Series(Kind.GOLD, rule(RuleType.CHANGE_OVER, "-3", null, "P1M", null, null, null));
        series.see("2026-02-28T12:00:00", "1000")
                .see("2026-03-28T16:00:00", "990")
                .see("2026-03-30T09:00:00", "991")
                .see("2026-03-31T09:00:00", "960");
        assertThat(series.story()).containsExactly("ok 03-28T16:00", "firing 03-31T09:00");
    }

    // ---- no data, silence, late samples

    @Test
    void withoutPercentThereIsNoDataAndAFiringAlertStays() {
        Series series = new Series(Kind.INDEX, dayChange("2"));
        series.see("2026-11-23T10:00:00", "990", "-10", "-1.00", "1000")
                .see("2026-11-23T10:05:00", null)
                .see("2026-11-23T10:10:00", "970", "-30", "-3.00", "1000")
                .see("2026-11-23T10:15:00", null)
                .see("2026-11-23T10:20:00", "995", "-5", "-0.50", "1000");
        assertThat(series.story())
                .containsExactly("ok 11-23T10:00", "noData 11-23T10:05", "firing 11-23T10:10", "resolved 11-23T10:20");
    }

    @Test
    void lunchNightAndWeekendAreNoSilence() {
        Rule silent = rule(RuleType.SILENT, null, null, "PT30M", null, null, null);
        assertThat(new Series(Kind.INDEX, silent)
                        .see("2026-11-23T11:50:00", "900")
                        .nothingUntil("2026-11-23T13:49:59")
                        .firings())
                .isEmpty();
        assertThat(new Series(Kind.INDEX, silent)
                        .see("2026-11-23T11:50:00", "900")
                        .nothingUntil("2026-11-23T13:50:00")
                        .firings())
                .containsExactly("11-23T13:50");
        assertThat(new Series(Kind.INDEX, silent)
                        .see("2026-11-20T15:45:00", "900")
                        .nothingUntil("2026-11-23T09:14:00")
                        .firings())
                .isEmpty();
        assertThat(new Series(Kind.INDEX, silent)
                        .see("2026-11-20T15:45:00", "900")
                        .nothingUntil("2026-11-23T12:00:00")
                        .firings())
                .containsExactly("11-23T09:15");
    }

    @Test
    void aHolidayIsSilenceForGoldButNotForTheExchange() {
        Rule silent = rule(RuleType.SILENT, null, null, "PT2H", null, null, null);
        assertThat(new Series(Kind.INDEX, silent)
                        .see("2026-08-14T16:05:00", "900")
                        .nothingUntil("2026-08-18T10:59:00")
                        .firings())
                .isEmpty();
        assertThat(new Series(Kind.GOLD, silent)
                        .see("2026-08-15T16:55:00", "900")
                        .nothingUntil("2026-08-18T10:59:00")
                        .firings())
                .containsExactly("08-17T10:25");
    }

    @Test
    void saturdayIsATradingDayForGold() {
        Rule silent = rule(RuleType.SILENT, null, null, "PT2H", null, null, null);
        assertThat(new Series(Kind.GOLD, silent)
                        .see("2026-11-20T16:59:00", "900")
                        .nothingUntil("2026-11-21T12:00:00")
                        .firings())
                .containsExactly("11-21T10:29");
        assertThat(new Series(Kind.GOLD, silent)
                        .see("2026-11-21T16:59:00", "900")
                        .nothingUntil("2026-11-23T10:28:00")
                        .firings())
                .as("sunday is not")
                .isEmpty();
    }

    @Test
    void silenceEndsWithTheNextQuoteAndCanRecur() {
        Series series = new Series(Kind.INDEX, rule(RuleType.SILENT, null, null, "PT30M", null, null, null));
        series.see("2026-11-23T10:00:00", "900")
                .nothingUntil("2026-11-23T10:30:00")
                .nothingUntil("2026-11-23T10:40:00")
                .see("2026-11-23T10:45:00", "900")
                .nothingUntil("2026-11-23T11:15:00");
        assertThat(series.story())
                .containsExactly("ok 11-23T10:00", "firing 11-23T10:30", "resolved 11-23T10:45", "firing 11-23T11:15");
    }

    @Test
    void aLateSampleMayFireButDoesNotResolve() {
        Rule rule = below("900", null);
        Series series = new Series(Kind.INDEX, rule);
        series.see("2026-11-23T10:00:00", "899");
        Instant before = Series.wib("2026-11-23T09:30:00");
        Observation late = Series.observation(
                before, "901", null, null, null, Series.calendar(Kind.INDEX).tradingDayAt(before));
        Sample sample = new Samples(Kind.INDEX, Series.calendar(Kind.INDEX)).next(late);
        assertThat(series.run.stepLate(
                        sample,
                        RuleMeasure.Key.of(rule)
                                .create(Series.calendar(Kind.INDEX))
                                .measure(sample)))
                .isEmpty();
    }
}
