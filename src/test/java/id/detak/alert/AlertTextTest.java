package id.detak.alert;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.alert.AlertText.Facts;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.RuleType.Field;
import id.detak.alert.rule.TimeSpan;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.language.Language;
import id.detak.testsupport.EnglishWords;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of alerts in both languages. */
@QuarkusTest
class AlertTextTest {

    private static final Instant AT = Instant.parse("2026-11-25T03:05:00Z");
    private static final Instant BEFORE = Instant.parse("2026-08-24T03:00:00Z");

    @Inject
    Indicators indicators;

    private static Rule rule(RuleType type, String text) {
        return new Rule(
                "Aturan",
                List.of("LQ45"),
                type,
                type.has(Field.PERCENT) ? new BigDecimal(type == RuleType.CHANGE_OVER ? "-2" : "2") : null,
                type.has(Field.LEVEL) ? new BigDecimal("1300") : null,
                type.has(Field.WINDOW) ? TimeSpan.of(type == RuleType.SILENT ? "PT1H30M" : "P30D") : null,
                null,
                null,
                null,
                null,
                null,
                null,
                Severity.WARNING,
                text,
                text,
                List.of(),
                true);
    }

    private Facts facts(String code, MessageEvent event, Cause cause, boolean complete) {
        Indicator indicator = indicators.get(code);
        return new Facts(
                event,
                indicator,
                AT,
                complete ? new BigDecimal("1205.10") : null,
                new BigDecimal("-4.1666"),
                complete ? new BigDecimal("1257.5") : null,
                complete ? BEFORE : null,
                cause,
                complete ? new BigDecimal("-5.5") : null,
                "http://localhost/alerts/1");
    }

    @Test
    void numbersAndTimesMatchTheLanguage() {
        Facts fell = facts("LQ45", MessageEvent.FIRING, null, true);
        assertThat(AlertText.of(rule(RuleType.DROP_OVER, null), fell, Language.ENGLISH))
                .isEqualTo(
                        "LQ45 fell 4.17 % to 1,205.10 points from 1,257.50 points (highest in 30 days, 24 Aug 2026 10:00 WIB).");
        assertThat(AlertText.of(rule(RuleType.DROP_OVER, null), fell, Language.INDONESIAN))
                .matches(
                        "LQ45 turun 4,17% menjadi 1\\.205,10 poin dari 1\\.257,50 poin \\(tertinggi dalam 30 hari, 24 Agu?s?t? 2026 10\\.00 WIB\\)\\.");
        Facts gold = facts("EMAS", MessageEvent.FIRING, null, true);
        assertThat(AlertText.of(rule(RuleType.BELOW, null), gold, Language.INDONESIAN))
                .isEqualTo("EMAS di bawah Rp1.300: Rp1.205,10.");
        assertThat(AlertText.of(rule(RuleType.BELOW, null), gold, Language.ENGLISH))
                .isEqualTo("EMAS is below 1,300 IDR: 1,205.10 IDR.");
    }

    @Test
    void placeholdersOfATemplateMatchTheLanguage() {
        Rule rule = rule(
                RuleType.DROP_OVER,
                "{code}|{event}|{severity}|{value}|{percent}|{window}|{worst}|{unit}|{cause}|{7*7}");
        Facts resolved = facts("LQ45", MessageEvent.RESOLVED, Cause.VALUE, true);
        assertThat(AlertText.of(rule, resolved, Language.INDONESIAN))
                .isEqualTo(
                        "LQ45|selesai|waspada|1.205,10|-4,17%|30 hari|-5,50%|poin|kondisinya tidak lagi terpenuhi|{7*7}");
        assertThat(AlertText.of(rule, resolved, Language.ENGLISH))
                .isEqualTo(
                        "LQ45|resolved|warning|1,205.10|-4.17 %|30 days|-5.50 %|points|the condition is no longer met|{7*7}");
    }

    @ParameterizedTest
    @EnumSource
    void noIndonesianTextHasEnglishWords(RuleType type) {
        List<String> texts = new ArrayList<>();
        for (boolean complete : new boolean[] {true, false}) {
            texts.add(text(type, MessageEvent.FIRING, null, complete));
            texts.add(text(type, MessageEvent.REMINDER, null, complete));
            for (Cause cause : Cause.values()) {
                texts.add(text(type, MessageEvent.RESOLVED, cause, complete));
            }
        }
        assertThat(texts).allSatisfy(text -> {
            assertThat(EnglishWords.in(text)).as(text).isEmpty();
            assertThat(text).doesNotContain("{", "}", "[", "]", "  ").endsWith(".");
        });
    }

    private String text(RuleType type, MessageEvent event, Cause cause, boolean complete) {
        return AlertText.of(rule(type, null), facts("LQ45", event, cause, complete), Language.INDONESIAN);
    }
}
