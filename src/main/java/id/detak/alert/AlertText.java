package id.detak.alert;

import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Indicator;
import id.detak.notify.MessageEvent;
import id.detak.platform.Wib;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a message about an alert. A rule's template is plain text with placeholders; nothing in it, in a name or
 * in a label is evaluated.
 */
final class AlertText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w{1,20})}");
    private static final String CAUSE = "{cause}";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'WIB'", Locale.ENGLISH)
            .withZone(Wib.ZONE);
    private static final int PERCENT_DECIMALS = 2;
    /** Of a return index, which is computed; a value that was seen keeps all its digits. */
    private static final int MOST_INDEX_DECIMALS = 4;

    private AlertText() {}

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

        /** A value with the separators and decimals of the indicator. */
        String number(BigDecimal value) {
            if (value == null) {
                return "";
            }
            BigDecimal shown = !indicator.hasLevel() && value.scale() > MOST_INDEX_DECIMALS
                    ? value.setScale(MOST_INDEX_DECIMALS, RoundingMode.HALF_EVEN)
                    : value;
            int decimals = indicator.decimals() == null ? 0 : indicator.decimals();
            DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
            format.setMinimumFractionDigits(Math.max(decimals, shown.scale()));
            format.setMaximumFractionDigits(Math.max(decimals, shown.scale()));
            return format.format(shown);
        }

        /** The unit of the values; empty if unknown. A return index has none. */
        String unit() {
            return indicator.hasLevel() ? indicator.unit() : "";
        }

        /** A value with its unit. */
        String price(BigDecimal value) {
            return value == null || unit().isEmpty() ? number(value) : number(value) + " " + unit();
        }
    }

    static String of(Rule rule, Facts facts) {
        String template = facts.event == MessageEvent.RESOLVED ? resolvedTemplate(rule, facts.cause) : rule.text();
        return template == null ? standardText(rule, facts) : fillIn(template, rule, facts);
    }

    /** A template without the cause would claim a recovery where a rule was deleted or a number voided. */
    private static String resolvedTemplate(Rule rule, Cause cause) {
        String template = rule.resolvedText();
        boolean recovered = cause == Cause.VALUE || cause == Cause.SILENCE || cause == Cause.NEW_DAY;
        return template != null && (recovered || template.contains(CAUSE)) ? template : null;
    }

    private static String fillIn(String template, Rule rule, Facts f) {
        Map<String, String> values = new HashMap<>();
        values.put("rule", rule.name());
        values.put("code", f.code());
        values.put("event", f.event.word());
        values.put("severity", rule.severity().word());
        values.put("value", f.number(f.value));
        values.put("percent", percent(f.percent));
        values.put("reference", f.number(f.reference));
        values.put("referenceTime", time(f.referenceAt));
        values.put("level", f.number(rule.level()));
        values.put("window", rule.window() == null ? "" : rule.window().words());
        values.put("time", time(f.at));
        values.put("day", f.at.atZone(Wib.ZONE).toLocalDate().toString());
        values.put("worst", rule.isWorstByValue() ? f.number(f.worst) : percent(f.worst));
        values.put("url", f.url);
        values.put("unit", f.unit());
        values.put("cause", f.cause == null ? "" : words(f.cause));
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private static String standardText(Rule rule, Facts f) {
        return switch (f.event) {
            case FIRING -> firing(rule, f);
            case REMINDER ->
                "Still firing: " + f.code() + (f.value == null ? "" : " is at " + f.price(f.value))
                        + (f.percent == null ? "" : ", " + percent(f.percent) + against(rule, f)) + ". "
                        + worst(rule, f);
            case RESOLVED -> resolved(rule, f);
            case TEST -> throw new IllegalArgumentException("a test belongs to no rule");
        };
    }

    private static String firing(Rule rule, Facts f) {
        String value = f.value == null ? "" : " to " + f.price(f.value);
        return switch (rule.type()) {
            case DAY_CHANGE ->
                f.code() + ": " + percent(f.percent) + " on the day"
                        + (f.value == null ? "" : ", at " + f.price(f.value))
                        + (f.reference == null ? "" : " (previous close " + f.price(f.reference) + ")") + ".";
            case DROP_OVER -> f.code() + " fell " + size(f.percent) + value + against(rule, f) + ".";
            case CHANGE_OVER ->
                f.code() + (f.percent.signum() < 0 ? " fell " : " rose ") + size(f.percent) + value + against(rule, f)
                        + ".";
            case BELOW -> f.code() + " is below " + f.price(rule.level()) + ": " + f.price(f.value) + ".";
            case ABOVE -> f.code() + " is above " + f.price(rule.level()) + ": " + f.price(f.value) + ".";
            case NEW_LOW ->
                f.code() + " is at its lowest in " + rule.window().words() + ": " + f.price(f.value) + " (before: "
                        + f.price(f.reference) + ", " + time(f.referenceAt) + ").";
            case NEW_HIGH ->
                f.code() + " is at its highest in " + rule.window().words() + ": " + f.price(f.value) + " (before: "
                        + f.price(f.reference) + ", " + time(f.referenceAt) + ").";
            case SILENT ->
                f.code() + ": nothing new for " + rule.window().words() + " of open market"
                        + (f.referenceAt == null
                                ? "."
                                : "; last seen " + time(f.referenceAt)
                                        + (f.value == null ? "." : " at " + f.price(f.value) + "."));
        };
    }

    private static String against(Rule rule, Facts f) {
        String at = f.referenceAt == null ? "" : ", " + time(f.referenceAt);
        return switch (rule.type()) {
            case DAY_CHANGE -> " on the day";
            case DROP_OVER ->
                f.reference == null
                        ? ""
                        : " from " + f.price(f.reference) + " (highest in "
                                + rule.window().words() + at + ")";
            case CHANGE_OVER ->
                f.reference == null
                        ? ""
                        : " from " + f.price(f.reference) + " (the value "
                                + rule.window().words() + " before" + (at.isEmpty() ? "" : ", seen" + at.substring(1))
                                + ")";
            case NEW_LOW, NEW_HIGH -> f.reference == null ? "" : " against " + f.price(f.reference);
            case BELOW, ABOVE, SILENT -> "";
        };
    }

    private static String resolved(Rule rule, Facts f) {
        return switch (f.cause) {
            case NEW_DAY, RULE_CHANGED, LEVEL_CHANGED, INDICATOR_REMOVED ->
                f.code() + ": resolved, since " + words(f.cause) + ". " + worst(rule, f);
            case VOIDED, DOUBTED -> f.code() + ": resolved, since " + words(f.cause) + ".";
            case VALUE, SILENCE ->
                rule.type() == RuleType.SILENT
                        ? f.code() + " has data again" + (f.value == null ? "." : ": " + f.price(f.value) + ".")
                        : f.code() + " is back" + (f.value == null ? "" : " at " + f.price(f.value))
                                + (f.percent == null ? "" : ", " + percent(f.percent) + against(rule, f)) + ". "
                                + worst(rule, f);
        };
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case VALUE -> "the condition is no longer met";
            case SILENCE -> "there is data again";
            case NEW_DAY -> "the trading day of the alert is over";
            case RULE_CHANGED -> "the rule was changed, disabled or deleted";
            case VOIDED -> "an observation that it depends on was voided";
            case DOUBTED -> "an observation that it depends on is now suspect";
            case LEVEL_CHANGED -> "the level changed, so that earlier values cannot be compared";
            case INDICATOR_REMOVED -> "the indicator was merged into another one or deleted";
        };
    }

    private static String worst(Rule rule, Facts f) {
        return f.worst == null
                ? ""
                : "At its worst it was " + (rule.isWorstByValue() ? f.price(f.worst) : percent(f.worst)) + ".";
    }

    private static String size(BigDecimal percent) {
        return rounded(percent.abs()) + " %";
    }

    static String percent(BigDecimal percent) {
        return percent == null ? "" : (percent.signum() > 0 ? "+" : "") + rounded(percent) + " %";
    }

    private static String rounded(BigDecimal percent) {
        return percent.setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String time(Instant instant) {
        return instant == null ? "" : TIME.format(instant);
    }
}
