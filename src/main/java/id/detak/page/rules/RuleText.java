package id.detak.page.rules;

import id.detak.alert.RuleViews;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.QuietHours;
import id.detak.alert.rule.Rule;
import id.detak.page.shared.AppMessages;
import id.detak.page.shared.Formats;
import id.detak.page.shared.Visitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Describes a rule in the reader's language. */
record RuleText(AppMessages messages, Formats formats) {

    static RuleText of(Visitor visitor) {
        return new RuleText(visitor.messages(), visitor.formats());
    }

    /** The condition under which it fires. */
    String condition(Rule rule) {
        String percent =
                rule.percent() == null ? "" : formats.plain(rule.percent().abs());
        String window = rule.window() == null ? "" : formats.span(rule.window());
        return switch (rule.type()) {
            case DAY_CHANGE -> messages.whenDayChange(percent);
            case DROP_OVER -> messages.whenDropOver(percent, window);
            case CHANGE_OVER ->
                rule.percent().signum() < 0
                        ? messages.whenFallOver(percent, window)
                        : messages.whenRiseOver(percent, window);
            case BELOW -> messages.whenBelow(formats.plain(rule.level()));
            case ABOVE -> messages.whenAbove(formats.plain(rule.level()));
            case NEW_LOW -> messages.whenNewLow(window);
            case NEW_HIGH -> messages.whenNewHigh(window);
            case SILENT -> messages.whenSilent(window);
        };
    }

    /** When it is evaluated next, and what holds its alerts or messages back until then. */
    String next(RuleViews.Item item, Instant now) {
        Rule rule = item.rule();
        if (!rule.enabled()) {
            return messages.nextNever();
        }
        List<String> parts = new ArrayList<>();
        parts.add(
                item.dueAt() == null
                        ? messages.nextWithQuote()
                        : messages.nextSilent(formats.time(item.dueAt().toInstant())));
        item.states().stream()
                .filter(standing -> standing.state() != AlertState.FIRING && standing.coolUntil() != null)
                .filter(standing -> standing.coolUntil().toInstant().isAfter(now))
                .map(standing -> messages.coolingDown(
                        standing.code(), formats.time(standing.coolUntil().toInstant())))
                .forEach(parts::add);
        if (rule.quietHours() != null && rule.quietHours().next(now).isAfter(now)) {
            parts.add(messages.quietUntil(formats.time(rule.quietHours().next(now))));
        }
        return String.join(" · ", parts);
    }

    /** The options that differ from their defaults. */
    List<String> options(Rule rule) {
        List<String> options = new ArrayList<>();
        if (rule.confirm().time() != null) {
            options.add(messages.confirmedFor(formats.span(rule.confirm().time())));
        } else if (rule.confirm().observations() > 1) {
            options.add(messages.confirmedBy(rule.confirm().observations()));
        }
        if (rule.resolvePercent() != null) {
            options.add(
                    rule.type().isExtreme()
                            ? messages.resolvesAway(formats.plain(rule.resolvePercent()))
                            : messages.resolvesAtPercent(formats.plain(rule.resolvePercent())));
        }
        if (rule.resolveLevel() != null) {
            options.add(messages.resolvesAtLevel(formats.plain(rule.resolveLevel())));
        }
        if (rule.coolDown() != null) {
            options.add(messages.coolsDown(formats.span(rule.coolDown())));
        }
        if (rule.remind() != null) {
            options.add(messages.reminds(formats.span(rule.remind())));
        }
        QuietHours quiet = rule.quietHours();
        if (quiet != null) {
            options.add(messages.quietFromTo(quiet.from().toString(), quiet.to().toString()));
        }
        return options;
    }
}
