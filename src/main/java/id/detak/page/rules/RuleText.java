package id.detak.page.rules;

import id.detak.alert.rule.QuietHours;
import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.page.shared.AppMessages;
import id.detak.page.shared.Formats;
import id.detak.page.shared.Visitor;
import java.util.ArrayList;
import java.util.List;

/** What a rule does, in the reader's words. */
record RuleText(AppMessages words, Formats formats) {

    static RuleText of(Visitor visitor) {
        return new RuleText(visitor.words(), visitor.formats());
    }

    /** When it fires. */
    String condition(Rule rule) {
        String percent = rule.percent() == null ? "" : formats.plain(rule.percent().abs());
        String window = rule.window() == null ? "" : formats.span(rule.window());
        return switch (rule.type()) {
            case DAY_CHANGE -> words.whenDayChange(percent);
            case DROP_OVER -> words.whenDropOver(percent, window);
            case CHANGE_OVER -> rule.percent().signum() < 0 ? words.whenFallOver(percent, window) : words.whenRiseOver(percent, window);
            case BELOW -> words.whenBelow(formats.plain(rule.level()));
            case ABOVE -> words.whenAbove(formats.plain(rule.level()));
            case NEW_LOW -> words.whenNewLow(window);
            case NEW_HIGH -> words.whenNewHigh(window);
            case SILENT -> words.whenSilent(window);
        };
    }

    /** What else was chosen. */
    List<String> options(Rule rule) {
        List<String> options = new ArrayList<>();
        if (rule.confirm().time() != null) {
            options.add(words.confirmedFor(formats.span(rule.confirm().time())));
        } else if (rule.confirm().observations() > 1) {
            options.add(words.confirmedBy(rule.confirm().observations()));
        }
        if (rule.resolvePercent() != null) {
            options.add(rule.type() == RuleType.NEW_LOW || rule.type() == RuleType.NEW_HIGH ? words.resolvesAway(formats.plain(rule.resolvePercent()))
                    : words.resolvesAtPercent(formats.plain(rule.resolvePercent())));
        }
        if (rule.resolveLevel() != null) {
            options.add(words.resolvesAtLevel(formats.plain(rule.resolveLevel())));
        }
        if (rule.coolDown() != null) {
            options.add(words.coolsDown(formats.span(rule.coolDown())));
        }
        if (rule.remind() != null) {
            options.add(words.reminds(formats.span(rule.remind())));
        }
        QuietHours quiet = rule.quietHours();
        if (quiet != null) {
            options.add(words.quietFromTo(quiet.from().toString(), quiet.to().toString()));
        }
        return options;
    }
}
