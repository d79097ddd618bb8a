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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    RuleViews(Rules rules, RuleStates states, Indicators indicators, Outbox outbox) {
        this.rules = rules;
        this.states = states;
        this.indicators = indicators;
        this.outbox = outbox;
    }

    /** @param states the state of each indicator that the rule has evaluated */
    @Schema(name = "StoredRule")
    public record Item(
            UUID id,
            @JsonUnwrapped Rule rule,
            OffsetDateTime createdAt,
            OffsetDateTime snoozedUntil,
            List<Standing> states) {}

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
        Map<Integer, String> codes = codes();
        return rules.all().stream().map(stored -> item(stored, codes)).toList();
    }

    @Transactional
    public Optional<Item> find(UUID id) {
        return rules.find(id).map(stored -> item(stored, codes()));
    }

    private Map<Integer, String> codes() {
        return indicators.all().stream().collect(Collectors.toMap(Indicator::id, Indicator::code));
    }

    private Item item(Stored stored, Map<Integer, String> codes) {
        List<Standing> standing = states.ofRule(stored.id()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> standing(codes.get(entry.getKey()), entry.getValue()))
                .toList();
        return new Item(
                stored.id(),
                stored.rule(),
                Wib.local(stored.createdAt()),
                outbox.snoozedUntil(stored.id()).map(Wib::local).orElse(null),
                standing);
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
