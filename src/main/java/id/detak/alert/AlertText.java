package id.detak.alert;

import id.detak.alert.rule.Rule;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.notify.MessageEvent;
import id.detak.platform.Wib;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'WIB'", Locale.ENGLISH)
            .withZone(Wib.ZONE);
    private static final int PERCENT_DECIMALS = 2;
    private static final int MOST_DECIMALS = 6;

    private AlertText() {}

    /**
     * The facts that a text can contain.
     *
     * @param cause why the alert resolved; else null
     * @param worst the worst percent, or the worst value if the rule is about the value, or null
     */
    record Facts(
            MessageEvent event,
            String code,
            Instant at,
            BigDecimal value,
            BigDecimal percent,
            BigDecimal reference,
            Instant referenceAt,
            Cause cause,
            BigDecimal worst,
            String url) {}

    static String of(Rule rule, Facts facts) {
        return rule.text() == null ? standardText(rule, facts) : fillIn(rule.text(), rule, facts);
    }

    private static String fillIn(String template, Rule rule, Facts f) {
        Map<String, String> values = new HashMap<>();
        values.put("rule", rule.name());
        values.put("code", f.code);
        values.put("event", f.event.word());
        values.put("severity", rule.severity().word());
        values.put("value", number(f.value));
        values.put("percent", percent(f.percent));
        values.put("reference", number(f.reference));
        values.put("referenceTime", time(f.referenceAt));
        values.put("level", number(rule.level()));
        values.put("window", rule.window() == null ? "" : rule.window().words());
        values.put("time", time(f.at));
        values.put("day", f.at.atZone(Wib.ZONE).toLocalDate().toString());
        values.put("worst", rule.isWorstByValue() ? number(f.worst) : percent(f.worst));
        values.put("url", f.url);
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private static String standardText(Rule rule, Facts f) {
        return switch (f.event) {
            case FIRING -> firing(rule, f);
            case REMINDER ->
                "Still firing: " + f.code + (f.value == null ? "" : " is at " + number(f.value))
                        + (f.percent == null ? "" : ", " + percent(f.percent) + against(rule, f)) + ". "
                        + worst(rule, f);
            case RESOLVED -> resolved(rule, f);
            case TEST -> throw new IllegalArgumentException("a test belongs to no rule");
        };
    }

    private static String firing(Rule rule, Facts f) {
        String value = f.value == null ? "" : " to " + number(f.value);
        return switch (rule.type()) {
            case DAY_CHANGE ->
                f.code + ": " + percent(f.percent) + " on the day" + (f.value == null ? "" : ", at " + number(f.value))
                        + (f.reference == null ? "" : " (previous close " + number(f.reference) + ")") + ".";
            case DROP_OVER -> f.code + " fell " + size(f.percent) + value + against(rule, f) + ".";
            case CHANGE_OVER ->
                f.code + (f.percent.signum() < 0 ? " fell " : " rose ") + size(f.percent) + value + against(rule, f)
                        + ".";
            case BELOW -> f.code + " is below " + number(rule.level()) + ": " + number(f.value) + ".";
            case ABOVE -> f.code + " is above " + number(rule.level()) + ": " + number(f.value) + ".";
            case NEW_LOW ->
                f.code + " is at its lowest in " + rule.window().words() + ": " + number(f.value) + " (before: "
                        + number(f.reference) + ", " + time(f.referenceAt) + ").";
            case NEW_HIGH ->
                f.code + " is at its highest in " + rule.window().words() + ": " + number(f.value) + " (before: "
                        + number(f.reference) + ", " + time(f.referenceAt) + ").";
            case SILENT ->
                f.code + ": nothing new for " + rule.window().words() + " of open market"
                        + (f.referenceAt == null
                                ? "."
                                : "; last seen " + time(f.referenceAt)
                                        + (f.value == null ? "." : " at " + number(f.value) + "."));
        };
    }

    private static String against(Rule rule, Facts f) {
        String at = f.referenceAt == null ? "" : ", " + time(f.referenceAt);
        return switch (rule.type()) {
            case DAY_CHANGE -> " on the day";
            case DROP_OVER ->
                f.reference == null
                        ? ""
                        : " from " + number(f.reference) + " (highest in "
                                + rule.window().words() + at + ")";
            case CHANGE_OVER ->
                f.reference == null
                        ? ""
                        : " from " + number(f.reference) + " (" + rule.window().words() + " before" + at + ")";
            case NEW_LOW, NEW_HIGH -> f.reference == null ? "" : " against " + number(f.reference);
            case BELOW, ABOVE, SILENT -> "";
        };
    }

    private static String resolved(Rule rule, Facts f) {
        return switch (f.cause) {
            case NEW_DAY -> f.code + ": resolved, since the trading day of the alert is over. " + worst(rule, f);
            case RULE_CHANGED ->
                f.code + ": resolved, since the rule was changed, disabled or deleted. " + worst(rule, f);
            case VOIDED -> f.code + ": resolved, since an observation that it depends on was voided.";
            case VALUE, SILENCE ->
                rule.type() == RuleType.SILENT
                        ? f.code + " has data again" + (f.value == null ? "." : ": " + number(f.value) + ".")
                        : f.code + " is back" + (f.value == null ? "" : " at " + number(f.value))
                                + (f.percent == null ? "" : ", " + percent(f.percent) + against(rule, f)) + ". "
                                + worst(rule, f);
        };
    }

    private static String worst(Rule rule, Facts f) {
        return f.worst == null
                ? ""
                : "At its worst it was " + (rule.isWorstByValue() ? number(f.worst) : percent(f.worst)) + ".";
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

    /** Computed numbers are rounded to a readable number of decimals; others stay as they are. */
    static String number(BigDecimal number) {
        return number == null
                ? ""
                : (number.scale() > MOST_DECIMALS ? number.setScale(MOST_DECIMALS, RoundingMode.HALF_EVEN) : number)
                        .toPlainString();
    }

    private static String time(Instant instant) {
        return instant == null ? "" : TIME.format(instant);
    }
}
