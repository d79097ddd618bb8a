package id.detak.page.rules;

import id.detak.alert.RuleViews;
import id.detak.alert.RuleViews.Standing;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.Channels;
import id.detak.notify.Severity;
import id.detak.page.shared.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the rules, and the choices of the rule form, in the reader's language. */
@ApplicationScoped
class RuleList {

    private static final List<String> PLACEHOLDERS = List.of(
            "{rule}",
            "{code}",
            "{event}",
            "{severity}",
            "{value}",
            "{percent}",
            "{reference}",
            "{referenceTime}",
            "{level}",
            "{window}",
            "{time}",
            "{day}",
            "{worst}",
            "{url}",
            "{unit}");

    private static final List<String> RESOLVED_PLACEHOLDERS =
            Stream.concat(PLACEHOLDERS.stream(), Stream.of("{cause}")).toList();

    private final RuleViews rules;
    private final Channels channels;
    private final Indicators indicators;
    private final Clock clock;

    RuleList(RuleViews rules, Channels channels, Indicators indicators, Clock clock) {
        this.clock = clock;
        this.rules = rules;
        this.channels = channels;
        this.indicators = indicators;
    }

    record View(
            List<Row> rows,
            List<Code> codes,
            List<Channel> channels,
            List<String> placeholders,
            List<String> resolvedPlaceholders) {

        public RuleType[] types() {
            return RuleType.values();
        }

        /** The types that have a field, separated by blanks. */
        public String typesWith(String field) {
            return Arrays.stream(RuleType.values())
                    .filter(type -> Arrays.stream(RuleType.Field.values())
                            .anyMatch(f -> f.word().equals(field) && type.has(f)))
                    .map(RuleType::word)
                    .collect(Collectors.joining(" "));
        }

        public Severity[] severities() {
            return Severity.values();
        }
    }

    /**
     * @param state of all its indicators: the gravest
     * @param states of the indicators that are not ok
     * @param lastFiring null if it never fired
     * @param next when it is evaluated next
     */
    record Row(
            UUID id,
            String name,
            String condition,
            List<String> options,
            String codes,
            String channels,
            Severity severity,
            boolean enabled,
            String snoozedUntil,
            AlertState state,
            List<IndicatorState> states,
            LastFiring lastFiring,
            String next) {}

    record LastFiring(UUID alertId, String code, String when) {}

    record IndicatorState(String code, AlertState state, UUID alertId) {}

    /** @param measure the measure of the backtest's chart */
    record Code(String code, String address, String name, String measure, Integer decimals) {}

    record Channel(UUID id, String name) {}

    View view(Visitor visitor) {
        List<Channel> known = channels.all().stream()
                .map(channel -> new Channel(channel.id(), channel.name()))
                .toList();
        Map<UUID, String> names = known.stream().collect(Collectors.toMap(Channel::id, Channel::name));
        return new View(
                rules.all().stream().map(item -> row(visitor, item, names)).toList(),
                indicators.all().stream()
                        .sorted(Comparator.comparing(Indicator::id))
                        .map(indicator -> code(visitor, indicator))
                        .toList(),
                known,
                PLACEHOLDERS,
                RESOLVED_PLACEHOLDERS);
    }

    private Row row(Visitor visitor, RuleViews.Item item, Map<UUID, String> channels) {
        Rule rule = item.rule();
        RuleText text = RuleText.of(visitor);
        return new Row(
                item.id(),
                rule.name(),
                text.condition(rule),
                text.options(rule),
                rule.isForAll() ? visitor.messages().allIndicators() : String.join(", ", rule.codes()),
                rule.channels().stream()
                        .map(id -> channels.getOrDefault(id, "–"))
                        .collect(Collectors.joining(", ")),
                rule.severity(),
                rule.enabled(),
                item.snoozedUntil() == null
                        ? null
                        : visitor.formats().time(item.snoozedUntil().toInstant()),
                gravest(item.states()),
                states(item.states()),
                item.lastAlert() == null
                        ? null
                        : new LastFiring(
                                item.lastAlert().id(),
                                item.lastAlert().code(),
                                visitor.formats()
                                        .time(item.lastAlert().firedAt().toInstant())),
                text.next(item, clock.instant()));
    }

    private static AlertState gravest(List<Standing> states) {
        return states.stream()
                .map(standing -> standing.state() == AlertState.RESOLVED ? AlertState.OK : standing.state())
                .max(Comparator.naturalOrder())
                .orElse(AlertState.NO_DATA);
    }

    private static List<IndicatorState> states(List<Standing> states) {
        return states.stream()
                .filter(standing -> standing.state() != AlertState.OK && standing.state() != AlertState.RESOLVED)
                .sorted(Comparator.comparing(standing -> standing.state() != AlertState.FIRING))
                .map(standing -> new IndicatorState(
                        standing.code(),
                        standing.state(),
                        standing.state() == AlertState.FIRING ? standing.alertId() : null))
                .toList();
    }

    private static Code code(Visitor visitor, Indicator indicator) {
        return new Code(
                indicator.code(),
                indicator.address(),
                indicator.name(visitor.locale()),
                indicator.hasLevel() ? "value" : "returnIndex",
                indicator.decimals());
    }
}
