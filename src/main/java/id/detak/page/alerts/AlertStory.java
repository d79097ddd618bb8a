package id.detak.page.alerts;

import id.detak.alert.AlertViews.Item;
import id.detak.alert.AlertViews.Step;
import id.detak.alert.AlertViews.Story;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.shared.AppMessages;
import id.detak.page.shared.CorrectionNote;
import id.detak.page.shared.Formats;
import id.detak.page.shared.Visitor;
import id.detak.series.Measure;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One alert as a reader sees it: what it is about, how it went, what was told of it where, and which piece of the series shows it. */
@ApplicationScoped
class AlertStory {

    private static final Duration LEAST_BEFORE = Duration.ofDays(3);
    private static final Duration LEAST_BEFORE_OF_DAILY = Duration.ofDays(30);

    private final AlertList list;
    private final Indicators indicators;

    AlertStory(AlertList list, Indicators indicators) {
        this.list = list;
        this.indicators = indicators;
    }

    record View(AlertList.Row alert, RuleType type, List<Fact> facts, List<StepRow> steps, List<DeliveryRow> deliveries, Around chart) {
    }

    /** @param captureId where it came from, or null */
    record Fact(String label, String value, UUID captureId) {
    }

    record StepRow(String at, AlertState from, AlertState to, Cause cause, String value, String reference, UUID captureId) {
    }

    /**
     * What the chart shows. Times as the API takes them.
     *
     * @param address of the indicator
     * @param reference null where there is none
     * @param to null: until now
     * @param resolvedAt null while it fires
     */
    record Around(String address, String measure, Instant from, Instant to, Instant firedAt, Instant resolvedAt, BigDecimal reference) {
    }

    View view(Visitor visitor, Story story) {
        Item alert = story.alert();
        Formats formats = visitor.formats();
        Indicator indicator = indicators.find(alert.code()).orElseThrow();
        return new View(list.row(formats, alert), alert.type(), facts(visitor, story, indicator.decimals()), story.steps().stream().map(step -> row(formats, step, indicator.decimals())).toList(),
                story.deliveries().stream().map(delivery -> DeliveryRow.of(formats, delivery)).toList(), around(alert, indicator));
    }

    private static List<Fact> facts(Visitor visitor, Story story, Integer decimals) {
        Item a = story.alert();
        AppMessages words = visitor.words();
        Formats formats = visitor.formats();
        Fact resolved = a.resolvedAt() == null ? new Fact(words.resolvedAt(), words.stillFiring(), null)
                : new Fact(words.resolvedAt(), parts(formats.time(a.resolvedAt().toInstant()), numberOrNull(formats, a.resolvedValue(), decimals), words.cause(a.resolvedCause())), a.resolvedCaptureId());
        return Stream.of(new Fact(words.rule(), a.rule(), null),
                new Fact(words.severityLabel(), words.severity(a.severity()), null),
                new Fact(words.firedAt(), formats.time(a.firedAt().toInstant()), a.captureId()),
                story.voided() == null ? null : new Fact(visitor.chartWords().voided(), CorrectionNote.of(visitor, story.voided()).said(), a.captureId()),
                new Fact(words.value(), formats.measured(a.value(), a.changePercent(), decimals), null),
                a.reference() == null && a.referenceAt() == null ? null : new Fact(words.reference(),
                        parts(numberOrNull(formats, a.reference(), decimals), a.referenceAt() == null ? null : formats.time(a.referenceAt().toInstant())), null),
                new Fact(words.worst(), parts(formats.measured(a.worstValue(), a.worstChangePercent(), decimals), a.worstAt() == null ? null : formats.time(a.worstAt().toInstant())), null),
                resolved).filter(fact -> fact != null).toList();
    }

    private static StepRow row(Formats formats, Step s, Integer decimals) {
        return new StepRow(formats.time(s.at().toInstant()), s.from(), s.to(), s.cause(), formats.measured(s.value(), s.changePercent(), decimals),
                parts(numberOrNull(formats, s.reference(), decimals), s.referenceAt() == null ? null : formats.time(s.referenceAt().toInstant())), s.captureId());
    }

    private static String numberOrNull(Formats formats, BigDecimal number, Integer decimals) {
        return number == null ? null : formats.measured(number, null, decimals);
    }

    private static String parts(String... parts) {
        return String.join(" · ", Stream.of(parts).filter(part -> part != null).toList());
    }

    /** From well before what it is measured against until well after it was over. */
    private static Around around(Item a, Indicator indicator) {
        Instant fired = a.firedAt().toInstant();
        Instant resolved = a.resolvedAt() == null ? null : a.resolvedAt().toInstant();
        Instant reference = a.referenceAt() == null ? fired : a.referenceAt().toInstant();
        Instant begin = reference.isBefore(fired) ? reference : fired;
        Duration least = indicator.hasLevel() ? LEAST_BEFORE : LEAST_BEFORE_OF_DAILY;
        Duration before = Duration.between(begin, fired).dividedBy(4);
        Instant from = begin.minus(before.compareTo(least) < 0 ? least : before);
        Instant to = resolved == null ? null : resolved.plus(Duration.between(from, resolved).dividedBy(4));
        Measure measure = indicator.hasLevel() ? Measure.VALUE : Measure.RETURN_INDEX;
        return new Around(indicator.address(), measure.word(), from, to, fired, resolved, a.reference());
    }
}
