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

/** Collects the data of one alert's page: facts, transitions, deliveries and the part of the series to chart. */
@ApplicationScoped
class AlertStory {

    private static final Duration MIN_BEFORE = Duration.ofDays(3);
    private static final Duration MIN_BEFORE_DAILY = Duration.ofDays(30);

    private final AlertList list;
    private final Indicators indicators;

    AlertStory(AlertList list, Indicators indicators) {
        this.list = list;
        this.indicators = indicators;
    }

    record View(
            AlertList.Row alert,
            RuleType type,
            List<Fact> facts,
            List<StepRow> steps,
            List<DeliveryRow> deliveries,
            ChartRange chart) {}

    /** @param captureId the capture that it came from, or null */
    record Fact(String label, String value, UUID captureId) {}

    record StepRow(
            String at, AlertState from, AlertState to, Cause cause, String value, String reference, UUID captureId) {}

    /**
     * The series and marks of the chart.
     *
     * @param address the indicator in URLs
     * @param decimals of its values; null: as printed
     * @param reference null if there is none
     * @param to null: until now
     * @param resolvedAt null while the alert fires
     */
    record ChartRange(
            String address,
            String measure,
            Integer decimals,
            Instant from,
            Instant to,
            Instant firedAt,
            Instant resolvedAt,
            BigDecimal reference) {}

    View view(Visitor visitor, Story story) {
        Item alert = story.alert();
        Formats formats = visitor.formats();
        Indicator indicator = indicators.find(alert.code()).orElseThrow();
        return new View(
                list.row(formats, alert),
                alert.type(),
                facts(visitor, story, indicator),
                story.steps().stream()
                        .map(step -> row(formats, step, indicator))
                        .toList(),
                story.deliveries().stream()
                        .map(delivery -> DeliveryRow.of(formats, delivery))
                        .toList(),
                chartRange(alert, indicator));
    }

    private static List<Fact> facts(Visitor visitor, Story story, Indicator indicator) {
        Item a = story.alert();
        AppMessages messages = visitor.messages();
        Formats formats = visitor.formats();
        Fact resolved = a.resolution().resolvedAt() == null
                ? new Fact(messages.resolvedAt(), messages.stillFiring(), null)
                : new Fact(
                        messages.resolvedAt(),
                        joined(
                                formats.time(a.resolution().resolvedAt().toInstant()),
                                numberOrNull(formats, a.resolution().resolvedValue(), indicator),
                                messages.cause(a.resolution().resolvedCause())),
                        a.resolution().resolvedCaptureId());
        return Stream.of(
                        new Fact(messages.rule(), a.rule(), null),
                        new Fact(messages.severityLabel(), messages.severity(a.severity()), null),
                        new Fact(
                                messages.firedAt(),
                                formats.time(a.firedAt().toInstant()),
                                a.measured().captureId()),
                        story.voided() == null
                                ? null
                                : new Fact(
                                        visitor.chartMessages().voided(),
                                        CorrectionNote.of(visitor, story.voided())
                                                .text(),
                                        a.measured().captureId()),
                        new Fact(
                                messages.value(),
                                formats.measured(
                                        a.measured().value(), a.measured().changePercent(), indicator),
                                null),
                        a.measured().reference() == null && a.measured().referenceAt() == null
                                ? null
                                : new Fact(
                                        messages.reference(),
                                        joined(
                                                numberOrNull(
                                                        formats, a.measured().reference(), indicator),
                                                a.measured().referenceAt() == null
                                                        ? null
                                                        : formats.time(a.measured()
                                                                .referenceAt()
                                                                .toInstant())),
                                        null),
                        new Fact(
                                messages.worst(),
                                joined(
                                        formats.measured(
                                                a.worst().worstValue(),
                                                a.worst().worstChangePercent(),
                                                indicator),
                                        a.worst().worstAt() == null
                                                ? null
                                                : formats.time(
                                                        a.worst().worstAt().toInstant())),
                                null),
                        resolved)
                .filter(fact -> fact != null)
                .toList();
    }

    private static StepRow row(Formats formats, Step s, Indicator indicator) {
        return new StepRow(
                formats.time(s.at().toInstant()),
                s.from(),
                s.to(),
                s.cause(),
                formats.measured(s.measured().value(), s.measured().changePercent(), indicator),
                joined(
                        numberOrNull(formats, s.measured().reference(), indicator),
                        s.measured().referenceAt() == null
                                ? null
                                : formats.time(s.measured().referenceAt().toInstant())),
                s.measured().captureId());
    }

    private static String numberOrNull(Formats formats, BigDecimal number, Indicator indicator) {
        return number == null ? null : formats.value(number, indicator);
    }

    private static String joined(String... parts) {
        return String.join(" · ", Stream.of(parts).filter(part -> part != null).toList());
    }

    /** From before the reference or the firing, whichever is earlier, until after the alert resolved. */
    private static ChartRange chartRange(Item a, Indicator indicator) {
        Instant fired = a.firedAt().toInstant();
        Instant resolved = a.resolution().resolvedAt() == null
                ? null
                : a.resolution().resolvedAt().toInstant();
        Instant reference = a.measured().referenceAt() == null
                ? fired
                : a.measured().referenceAt().toInstant();
        Instant begin = reference.isBefore(fired) ? reference : fired;
        Duration least = indicator.hasLevel() ? MIN_BEFORE : MIN_BEFORE_DAILY;
        Duration before = Duration.between(begin, fired).dividedBy(4);
        Instant from = begin.minus(before.compareTo(least) < 0 ? least : before);
        Instant to = resolved == null
                ? null
                : resolved.plus(Duration.between(from, resolved).dividedBy(4));
        Measure measure = indicator.hasLevel() ? Measure.VALUE : Measure.RETURN_INDEX;
        return new ChartRange(
                indicator.address(),
                measure.word(),
                indicator.decimals(),
                from,
                to,
                fired,
                resolved,
                a.measured().reference());
    }
}
