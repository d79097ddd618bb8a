package id.detak.page.alerts;

import id.detak.alert.AlertViews.Item;
import id.detak.alert.AlertViews.Step;
import id.detak.alert.AlertViews.Story;
import id.detak.alert.RuleViews;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.shared.AppMessages;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.SupersededNote;
import id.detak.page.shared.Visitor;
import id.detak.series.Measure;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Collects the data of one alert's page: facts, transitions, deliveries and the part of the series to chart. */
@ApplicationScoped
class AlertStory {

    private final AlertList list;
    private final Indicators indicators;
    private final RuleViews rules;
    private final Calendars calendars;
    private final Clock clock;

    AlertStory(AlertList list, Indicators indicators, RuleViews rules, Calendars calendars, Clock clock) {
        this.list = list;
        this.indicators = indicators;
        this.rules = rules;
        this.calendars = calendars;
        this.clock = clock;
    }

    record View(
            AlertList.Row alert,
            RuleType type,
            List<Fact> facts,
            List<StepRow> steps,
            List<DeliveryRow> deliveries,
            ChartRange chart) {}

    /**
     * @param captureId the capture that it came from, or null
     * @param href where the value leads, or null
     */
    record Fact(String label, String value, UUID captureId, String href) {

        Fact(String label, String value, UUID captureId) {
            this(label, value, captureId, null);
        }
    }

    record StepRow(
            String at, AlertState from, AlertState to, Cause cause, String value, String reference, UUID captureId) {}

    /**
     * The series and marks of the chart.
     *
     * @param address the indicator in URLs
     * @param decimals of its values; null: as printed
     * @param reference null if there is none
     * @param to null: until now
     * @param picture the indicator in the path of its picture
     * @param page the same range in the chart of the overview
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
            BigDecimal reference,
            String picture,
            String page) {}

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

    private List<Fact> facts(Visitor visitor, Story story, Indicator indicator) {
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
                        new Fact(
                                messages.rule(),
                                a.rule(),
                                null,
                                rules.exists(a.ruleId()) ? "/rules#rule-" + a.ruleId() : null),
                        new Fact(messages.severityLabel(), messages.severity(a.severity()), null),
                        new Fact(
                                messages.firedAt(),
                                formats.time(a.firedAt().toInstant()),
                                a.measured().captureId()),
                        story.voided() == null
                                ? null
                                : new Fact(
                                        visitor.chartMessages().voided(),
                                        SupersededNote.of(visitor, story.voided())
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

    private ChartRange chartRange(Item a, Indicator indicator) {
        Instant fired = a.firedAt().toInstant();
        Instant resolved = instant(a.resolution().resolvedAt());
        EventSpan span = EventSpan.of(
                instant(a.measured().referenceAt()),
                fired,
                resolved,
                indicator.hasLevel() ? calendars.of(indicator.kind()) : null);
        Measure measure = indicator.hasLevel() ? Measure.VALUE : Measure.RETURN_INDEX;
        IndicatorLabel label = IndicatorLabel.of(indicator, Locale.ROOT);
        return new ChartRange(
                indicator.address(),
                measure.word(),
                indicator.decimals(),
                span.from(),
                span.to(),
                fired,
                resolved,
                a.measured().reference(),
                label.addressInPath(),
                "/?code=" + label.addressInQuery() + "&from="
                        + span.from().truncatedTo(ChronoUnit.MINUTES) + "&to="
                        + (span.to() == null ? clock.instant() : span.to()).truncatedTo(ChronoUnit.MINUTES));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
