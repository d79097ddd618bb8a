package id.detak.alert;

import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.notify.MessageEvent;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.platform.language.Texts;
import id.detak.platform.language.WibTime;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a message about an alert, in the reader's language. A rule's template is plain text with placeholders;
 * nothing in it, in a name or in a label is evaluated.
 */
final class AlertText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w{1,20})}");
    private static final String CAUSE = "{cause}";
    private static final int PERCENT_DECIMALS = 2;

    private final Rule rule;
    private final Facts f;
    private final Language language;
    private final Texts texts;

    private AlertText(Rule rule, Facts facts, Language language) {
        this.rule = rule;
        this.f = facts;
        this.language = language;
        this.texts = Texts.of("alert", language);
    }

    /**
     * The facts that a text can contain.
     *
     * @param cause why the alert resolved; else null
     * @param worst the worst percent, or the worst value if the rule is about the value, or null
     */
    record Facts(
            MessageEvent event,
            Indicator indicator,
            Instant at,
            BigDecimal value,
            BigDecimal percent,
            BigDecimal reference,
            Instant referenceAt,
            Cause cause,
            BigDecimal worst,
            String url) {

        String code() {
            return indicator.code();
        }

        /** The unit of the values; empty if unknown. A return index has none. */
        String unit() {
            return indicator.hasLevel() ? indicator.unit() : "";
        }
    }

    static String of(Rule rule, Facts facts, Language language) {
        AlertText text = new AlertText(rule, facts, language);
        String template = facts.event == MessageEvent.RESOLVED ? text.resolvedTemplate() : rule.text();
        return template == null ? text.standardText() : text.fillIn(template);
    }

    /** A template without the cause would claim a recovery where a rule was deleted or a number voided. */
    private String resolvedTemplate() {
        String template = rule.resolvedText();
        boolean recovered = f.cause == Cause.VALUE || f.cause == Cause.SILENCE || f.cause == Cause.NEW_DAY;
        return template != null && (recovered || template.contains(CAUSE)) ? template : null;
    }

    private String fillIn(String template) {
        Map<String, String> values = new HashMap<>();
        values.put("rule", rule.name());
        values.put("code", f.code());
        values.put("event", texts.get("event." + f.event.word()));
        values.put("severity", texts.get("severity." + rule.severity().word()));
        values.put("value", number(f.value));
        values.put("percent", percent(f.percent));
        values.put("reference", number(f.reference));
        values.put("referenceTime", time(f.referenceAt));
        values.put("level", number(rule.level()));
        values.put("window", window());
        values.put("time", time(f.at));
        values.put("day", f.at.atZone(Wib.ZONE).toLocalDate().toString());
        values.put("worst", rule.isWorstByValue() ? number(f.worst) : percent(f.worst));
        values.put("url", f.url);
        values.put("unit", unit());
        values.put("cause", cause());
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private String standardText() {
        return switch (f.event) {
            case FIRING -> text(firing());
            case REMINDER -> text("reminder");
            case RESOLVED -> text(resolved());
            case TEST -> throw new IllegalArgumentException("a test belongs to no rule");
        };
    }

    private String firing() {
        return switch (rule.type()) {
            case DAY_CHANGE -> "firing.dayChange";
            case DROP_OVER -> "firing.dropOver";
            case CHANGE_OVER -> f.percent.signum() < 0 ? "firing.fall" : "firing.rise";
            case BELOW -> "firing.below";
            case ABOVE -> "firing.above";
            case NEW_LOW -> "firing.newLow";
            case NEW_HIGH -> "firing.newHigh";
            case SILENT -> "firing.silent";
        };
    }

    private String resolved() {
        return switch (f.cause) {
            case NEW_DAY, RULE_CHANGED, LEVEL_CHANGED, INDICATOR_REMOVED, VOIDED, DOUBTED -> "resolved.since";
            case VALUE, SILENCE -> rule.type() == RuleType.SILENT ? "resolved.data" : "resolved.back";
        };
    }

    private String text(String key) {
        Map<String, String> values = new HashMap<>();
        values.put("code", f.code());
        values.put("value", price(f.value));
        values.put("percent", percent(f.percent));
        values.put("size", f.percent == null ? "" : percentSign(rounded(f.percent.abs())));
        values.put("reference", price(f.reference));
        values.put("referenceTime", time(f.referenceAt));
        values.put("level", price(rule.level()));
        values.put("window", window());
        values.put("cause", cause());
        values.put("against", against(values));
        values.put("move", f.percent == null ? "" : texts.get("move", values));
        values.put("lastSeen", f.referenceAt == null ? "" : texts.get("lastSeen", values));
        values.put("worst", worst());
        return texts.get(key, values);
    }

    private String against(Map<String, String> values) {
        return switch (rule.type()) {
            case DAY_CHANGE -> texts.get("against.dayChange");
            case DROP_OVER -> f.reference == null ? "" : texts.get("against.dropOver", values);
            case CHANGE_OVER -> f.reference == null ? "" : texts.get("against.changeOver", values);
            case NEW_LOW, NEW_HIGH -> f.reference == null ? "" : texts.get("against.extreme", values);
            case BELOW, ABOVE, SILENT -> "";
        };
    }

    /** The worst value of an alert that depended on a wrong number is wrong, too. */
    private String worst() {
        if (f.worst == null || f.cause == Cause.VOIDED || f.cause == Cause.DOUBTED) {
            return "";
        }
        return texts.get("worst", Map.of("worst", rule.isWorstByValue() ? price(f.worst) : percent(f.worst)));
    }

    private String cause() {
        return f.cause == null ? "" : texts.get("cause." + f.cause.word());
    }

    private String window() {
        return rule.window() == null ? "" : rule.window().words(language);
    }

    /** A value with the separators and decimals of the indicator. */
    private String number(BigDecimal value) {
        if (value == null) {
            return "";
        }
        BigDecimal shown = !f.indicator.hasLevel() && value.scale() > PercentChange.SHOWN_INDEX_DECIMALS
                ? value.setScale(PercentChange.SHOWN_INDEX_DECIMALS, RoundingMode.HALF_EVEN)
                : value;
        int decimals = f.indicator.decimals() == null ? 0 : f.indicator.decimals();
        return formatted(shown, Math.max(decimals, shown.scale()));
    }

    private String unit() {
        return f.unit().equals("points") ? texts.get("unit.points") : f.unit();
    }

    /** A value with its unit. */
    private String price(BigDecimal value) {
        if (value == null || unit().isEmpty()) {
            return number(value);
        }
        return texts.get(unit().equals("IDR") ? "price.IDR" : "price", Map.of("number", number(value), "unit", unit()));
    }

    private String percent(BigDecimal percent) {
        return percent == null ? "" : percentSign((percent.signum() > 0 ? "+" : "") + rounded(percent));
    }

    private String percentSign(String number) {
        return texts.get("percent", Map.of("number", number));
    }

    private String rounded(BigDecimal percent) {
        return formatted(percent.setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN), PERCENT_DECIMALS);
    }

    private String formatted(BigDecimal number, int decimals) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(language.locale()));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(number);
    }

    private String time(Instant instant) {
        return instant == null ? "" : WibTime.DATE_AND_TIME.of(instant, language);
    }
}
