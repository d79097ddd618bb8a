package id.detak.alert;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleProgress;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.Outbox;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Rules as the API and the page show them. */
@ApplicationScoped
public class RuleViews {

    private final Rules rules;
    private final RuleStates states;
    private final Indicators indicators;
    private final Outbox outbox;
    private final Alerts alerts;
    private final SilenceCheck silence;

    RuleViews(
            Rules rules, RuleStates states, Indicators indicators, Outbox outbox, Alerts alerts, SilenceCheck silence) {
        this.alerts = alerts;
        this.silence = silence;
        this.rules = rules;
        this.states = states;
        this.indicators = indicators;
        this.outbox = outbox;
    }

    /**
     * @param states the state of each indicator that the rule has evaluated
     * @param lastAlert the newest one, or null
     * @param dueAt of a rule of type {@code silent}: when it fires, at the earliest, if no observation arrives; else
     *     null
     */
    @Schema(name = "StoredRule")
    public record Item(
            UUID id,
            @JsonUnwrapped Rule rule,
            OffsetDateTime createdAt,
            OffsetDateTime snoozedUntil,
            List<Standing> states,
            LastAlert lastAlert,
            OffsetDateTime dueAt) {}

    @Schema(name = "LastAlert")
    public record LastAlert(UUID id, String code, OffsetDateTime firedAt) {}

    /** @param worstChangePercent the worst change since the alert fired; null while none fires */
    @Schema(name = "RuleState")
    public record Standing(
            String code,
            AlertState state,
            OffsetDateTime since,
            UUID alertId,
            BigDecimal worstValue,
            BigDecimal worstChangePercent,
            OffsetDateTime coolUntil) {}

    /** The oldest rule first. */
    @Transactional
    public List<Item> all() {
        return items(rules.all());
    }

    @Transactional
    public Optional<Item> find(UUID id) {
        return rules.find(id).map(stored -> items(List.of(stored)).get(0));
    }

    @Transactional
    public boolean exists(UUID id) {
        return rules.find(id).isPresent();
    }

    private Map<Integer, String> codes() {
        return indicators.all().stream().collect(Collectors.toMap(Indicator::id, Indicator::code));
    }

    private List<Item> items(List<Stored> all) {
        Map<Integer, String> codes = codes();
        Map<UUID, Alert> newest = alerts.newestOf(all.stream().map(Stored::id).toList());
        Map<UUID, Instant> due = silence.dueAt(all);
        Map<UUID, Instant> snoozes = outbox.snoozes();
        Map<Integer, Map<UUID, RuleProgress>> progress =
                new TreeMap<>(states.ofRules(all.stream().map(Stored::id).toList()));
        return all.stream()
                .map(stored -> item(
                        stored,
                        standings(stored.id(), progress, codes),
                        snoozes.get(stored.id()),
                        newest.get(stored.id()),
                        due.get(stored.id())))
                .toList();
    }

    private static List<Standing> standings(
            UUID ruleId, Map<Integer, Map<UUID, RuleProgress>> progress, Map<Integer, String> codes) {
        return progress.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(ruleId))
                .map(entry ->
                        standing(codes.get(entry.getKey()), entry.getValue().get(ruleId)))
                .toList();
    }

    private static Item item(Stored stored, List<Standing> standing, Instant snoozed, Alert newest, Instant due) {
        return new Item(
                stored.id(),
                stored.rule(),
                Wib.local(stored.createdAt()),
                Wib.local(snoozed),
                standing,
                newest == null ? null : new LastAlert(newest.id, newest.indicator.code(), Wib.local(newest.firedAt)),
                Wib.local(due));
    }

    private static Standing standing(String code, RuleProgress p) {
        return new Standing(
                code,
                p.state(),
                Wib.local(p.since()),
                p.alertId(),
                p.worstValue(),
                AlertTransitions.rounded(p.worstPercent()),
                Wib.local(p.coolUntil()));
    }
}
