package id.detak.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import id.detak.alert.AlertText.Facts;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.notify.DeliveryLog;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.series.SupersededObservations;
import id.detak.series.history.ObservationList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Alerts as the API, the pages, the stream and the feed show them. */
@ApplicationScoped
public class AlertViews {

    private static final int MAX_DELIVERIES = 100;

    private final Alerts alerts;
    private final RuleTransitions transitions;
    private final RuleJson json;
    private final DeliveryLog deliveries;
    private final SupersededObservations supersessions;
    private final PublicUrl publicUrl;

    AlertViews(
            Alerts alerts,
            RuleTransitions transitions,
            RuleJson json,
            DeliveryLog deliveries,
            SupersededObservations supersessions,
            PublicUrl publicUrl) {
        this.alerts = alerts;
        this.transitions = transitions;
        this.json = json;
        this.deliveries = deliveries;
        this.supersessions = supersessions;
        this.publicUrl = publicUrl;
    }

    /**
     * One firing of a rule, from firing to resolved.
     *
     * @param rule the rule's name as it fired
     * @param measured what fired it
     * @param worst the worst so far
     */
    @Schema(name = "Alert")
    public record Item(
            UUID id,
            UUID ruleId,
            String rule,
            RuleType type,
            Severity severity,
            String code,
            AlertState state,
            OffsetDateTime firedAt,
            LocalDate tradingDay,
            @JsonUnwrapped Measured measured,
            @JsonUnwrapped Worst worst,
            @JsonUnwrapped Resolution resolution,
            String text,
            String url) {}

    /**
     * What a rule compared.
     *
     * @param value of a fund its return index
     * @param captureId the capture that brought the value
     */
    public record Measured(
            BigDecimal value,
            BigDecimal changePercent,
            BigDecimal reference,
            OffsetDateTime referenceAt,
            UUID captureId) {}

    public record Worst(BigDecimal worstValue, BigDecimal worstChangePercent, OffsetDateTime worstAt) {}

    /**
     * The end of an alert; all null while it fires.
     *
     * @param resolvedCause value, newDay, ruleChanged, voided, doubted, levelChanged or indicatorRemoved
     */
    public record Resolution(
            OffsetDateTime resolvedAt, BigDecimal resolvedValue, Cause resolvedCause, UUID resolvedCaptureId) {}

    /** A transition of the rule's state for an indicator, with what caused it; the alert is null if it led to none. */
    @Schema(name = "AlertStep")
    public record Step(
            AlertState from,
            AlertState to,
            Cause cause,
            OffsetDateTime at,
            @JsonUnwrapped Measured measured,
            String code,
            UUID alertId) {}

    /**
     * An alert with its transitions, the oldest first, and its deliveries, the newest first.
     *
     * @param voided present if the observation that it fired on, or was measured against, was voided
     */
    @Schema(name = "AlertStory")
    public record Story(
            Item alert,
            List<Step> steps,
            List<DeliveryLog.Item> deliveries,
            @JsonInclude(JsonInclude.Include.NON_NULL) ObservationList.Supersession voided) {}

    /** The newest first, with texts in that language. */
    @Transactional
    public List<Item> list(AlertFilter filter, int most, Language language) {
        return alerts.list(filter, most).stream()
                .map(alert -> item(alert, language))
                .toList();
    }

    /** The firing alerts of the highest severity, the newest first. */
    @Transactional
    public List<Item> gravest(int most, Language language) {
        return alerts.gravest(most).stream().map(alert -> item(alert, language)).toList();
    }

    @Transactional
    public long firingCount() {
        return alerts.firingCount();
    }

    /** The alert in each language. */
    @Transactional
    public Optional<Map<Language, Item>> find(UUID id) {
        return alerts.find(id).map(alert -> Stream.of(Language.values())
                .collect(Collectors.toMap(Function.identity(), language -> item(alert, language))));
    }

    @Transactional
    public Optional<Story> story(UUID id, Language language) {
        return alerts.find(id)
                .map(alert -> new Story(
                        item(alert, language),
                        transitions.ofAlert(alert).stream()
                                .map(AlertViews::step)
                                .toList(),
                        deliveries.list(null, null, id, MAX_DELIVERIES),
                        Stream.of(alert.firedAt, alert.referenceAt)
                                .filter(Objects::nonNull)
                                .flatMap(at -> supersessions.voidedAt(alert.indicator.id(), at).stream())
                                .findFirst()
                                .map(voided -> ObservationList.item(voided).superseded())
                                .orElse(null)));
    }

    /** All transitions of a rule, also those that led to no alert, the newest first. */
    @Transactional
    List<Step> stepsOfRule(UUID ruleId, int most) {
        return transitions.ofRule(ruleId, most).stream().map(AlertViews::step).toList();
    }

    private Item item(Alert a, Language language) {
        Rule rule = json.read(a.definition);
        String url = publicUrl.of("/alerts/" + a.id);
        String text = AlertText.of(
                rule,
                new Facts(
                        MessageEvent.FIRING,
                        a.indicator,
                        a.firedAt,
                        a.value,
                        a.changePercent,
                        a.reference,
                        a.referenceAt,
                        null,
                        null,
                        url),
                language);
        return new Item(
                a.id,
                a.ruleId,
                rule.name(),
                rule.type(),
                a.severity,
                a.indicator.code(),
                a.state,
                Wib.local(a.firedAt),
                a.tradingDay,
                new Measured(a.value, a.changePercent, a.reference, Wib.local(a.referenceAt), a.captureId),
                new Worst(a.worstValue, AlertTransitions.rounded(a.worstPercent), Wib.local(a.worstAt)),
                new Resolution(Wib.local(a.resolvedAt), a.resolvedValue, a.resolvedCause, a.resolvedCaptureId),
                text,
                url);
    }

    private static Step step(RuleTransition t) {
        return new Step(
                t.fromState,
                t.toState,
                t.cause,
                Wib.local(t.at),
                new Measured(t.value, t.changePercent, t.reference, Wib.local(t.referenceAt), t.captureId),
                t.indicator.code(),
                t.alertId);
    }
}
