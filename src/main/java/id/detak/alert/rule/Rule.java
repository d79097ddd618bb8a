package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import id.detak.alert.rule.RuleType.Field;
import id.detak.notify.Severity;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * When an alert fires and which channels are notified: the fields of the JSON. The constructor rejects invalid values
 * with a message that says what to do. A client may send back what it read, so the read-only fields of the API are
 * ignored.
 *
 * @param codes of the indicators; {@code *} alone means all, including those discovered later
 * @param percent of {@code dayChange} and {@code dropOver} the size of the fall; of {@code changeOver} signed
 * @param level of {@code below} and {@code above}
 * @param resolvePercent the alert resolves below this (hysteresis); of a new low or high the distance from it in
 *     percent
 * @param coolDown minimum time between a resolved alert and the next one
 * @param remind how often the message of a firing alert is repeated
 * @param text a template, or null for the standard text
 * @param resolvedText a template for the end of an alert, or null for the standard text
 * @param channels the ids of the channels to notify
 */
@Schema(name = "Rule")
@JsonIgnoreProperties({"id", "createdAt", "snoozedUntil", "states", "lastAlert", "dueAt"})
public record Rule(
        @Schema(examples = "LQ45, 5 % from its 30-day high") String name,

        @Schema(description = "codes of indicators; absent, empty or [\"*\"]: all", examples = "[\"LQ45\"]")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> codes,

        RuleType type,

        @Schema(
                description =
                        "of dayChange and dropOver the size of the fall (5: a fall of 5 %); of changeOver signed (-3: a fall of 3 %)")
        BigDecimal percent,

        @Schema(description = "of below and above, in place of percent")
        BigDecimal level,

        @Schema(
                implementation = String.class,
                description =
                        "PT30M or 30m, PT12H, P1D, P30D, P1W, P1Y by the clock; 5td: trading days, counted from the turn of the first",
                examples = "P30D")
        TimeSpan window,

        @Schema(
                description =
                        "hysteresis: resolves when less than this is left; by default when the condition is no longer met. Of newLow and newHigh the distance from it in percent; by default 1")
        BigDecimal resolvePercent,

        @Schema(description = "hysteresis of below and above")
        BigDecimal resolveLevel,

        @Schema(
                implementation = Object.class,
                description = "observations in a row (2) or a time (\"PT10M\"); by default 1",
                examples = "2")
        Confirmation confirm,

        @Schema(
                implementation = String.class,
                description = "minimum time between a resolved alert and the next one",
                examples = "PT1H")
        TimeSpan coolDown,

        @Schema(
                implementation = String.class,
                description = "how often the message of a firing alert is repeated",
                examples = "P1D")
        TimeSpan remind,

        @Schema(description = "hours in Asia/Jakarta in which nothing is sent; messages wait until they end")
        QuietHours quietHours,

        Severity severity,

        @Schema(
                description =
                        "a template: {rule} {code} {event} {severity} {value} {percent} {reference} {referenceTime} {level} {window} {time} {day} {worst} {url} {unit}; anything else is literal")
        String text,

        @Schema(
                description =
                        "the same for the message that an alert resolved, with {cause}; by default the standard text. A rule that was changed or an observation that was voided always has the standard text, unless this one has {cause}")
        String resolvedText,

        @Schema(description = "ids of channels") List<UUID> channels,
        @Schema(description = "by default true") Boolean enabled) {

    public static final List<String> ALL = List.of("*");

    private static final int MAX_NAME = 120;
    private static final int MAX_TEXT = 1000;
    /** The observations of a window are read again now and then while recording waits. */
    private static final int MAX_WINDOW_DAYS = 24 * 31;

    private static final int MAX_CODES = 200;
    private static final int MAX_CHANNELS = 50;
    /** More than any indicator shows; more digits only cost time. */
    private static final int MAX_DIGITS = 20;

    public Rule {
        check(
                name != null && !name.isBlank() && name.length() <= MAX_NAME && isOneLine(name),
                "name is one line of 1 to " + MAX_NAME + " characters.");
        check(type != null, "type is missing: one of " + RuleType.words() + ".");
        codes = codes == null || codes.isEmpty() || codes.contains("*") ? ALL : List.copyOf(new LinkedHashSet<>(codes));
        check(codes.size() <= MAX_CODES, "At most " + MAX_CODES + " codes; \"*\" means all.");
        channels = channels == null ? List.of() : List.copyOf(new LinkedHashSet<>(channels));
        check(channels.size() <= MAX_CHANNELS, "At most " + MAX_CHANNELS + " channels.");
        check(
                isSmall(percent) && isSmall(level) && isSmall(resolvePercent) && isSmall(resolveLevel),
                "Numbers have at most " + MAX_DIGITS + " digits.");
        check(isText(text) && isText(resolvedText), "text and resolvedText have at most " + MAX_TEXT + " characters.");
        check(
                type.has(Field.PERCENT) ? percent != null : percent == null,
                type.word()
                        + (type.has(Field.PERCENT)
                                ? " needs percent."
                                : " has no percent" + (type.hasLevel() ? ", but a level." : ".")));
        check(
                type.hasLevel() ? level != null : level == null,
                type.word() + (type.hasLevel() ? " needs level." : " has no level."));
        check(
                type.has(Field.WINDOW) ? window != null : window == null,
                type.word()
                        + (type.has(Field.WINDOW)
                                ? " needs window, a length of time such as PT30M, P30D or 5td."
                                : " has no window."));
        check(window == null || window.days() <= MAX_WINDOW_DAYS, "window is at most two years.");
        check(resolveLevel == null || type.has(Field.RESOLVE_LEVEL), type.word() + " has no resolveLevel.");
        check(resolvePercent == null || type.has(Field.RESOLVE_PERCENT), type.word() + " has no resolvePercent.");
        check(
                coolDown == null || !coolDown.byTradingDays(),
                "coolDown must be a length by the clock, such as PT1H or P1D.");
        check(
                remind == null || !remind.byTradingDays() && remind.length().toMinutes() >= 1,
                "remind must be a length by the clock of at least a minute, such as PT1H or P1D.");
        check(
                type.has(Field.CONFIRM) || confirm == null || confirm.equals(Confirmation.IMMEDIATE),
                type.word() + " has no confirm: its window is the confirmation.");
        resolvePercent = resolvePercent == null && type.isExtreme() ? BigDecimal.ONE : resolvePercent;
        String wrong = wrongValue(type, percent, level, window, resolvePercent, resolveLevel);
        check(wrong == null, wrong);
        confirm = confirm == null ? Confirmation.IMMEDIATE : confirm;
        severity = severity == null ? Severity.WARNING : severity;
        text = text == null || text.isBlank() ? null : text;
        resolvedText = resolvedText == null || resolvedText.isBlank() ? null : resolvedText;
        enabled = enabled == null || enabled;
    }

    /** The error in the values of the type's fields; null if there is none. */
    private static String wrongValue(
            RuleType type,
            BigDecimal percent,
            BigDecimal level,
            TimeSpan window,
            BigDecimal resolvePercent,
            BigDecimal resolveLevel) {
        return switch (type) {
            case DAY_CHANGE, DROP_OVER ->
                percent.signum() <= 0 || percent.compareTo(PercentChange.HUNDRED) > 0
                        ? "percent is the size of the fall, above 0 and up to 100: 2 means -2 %."
                        : resolvePercent != null
                                        && (resolvePercent.signum() < 0 || resolvePercent.compareTo(percent) > 0)
                                ? "resolvePercent is what may be left of the fall: from 0 up to percent."
                                : null;
            case CHANGE_OVER ->
                percent.signum() == 0
                        ? "percent is signed and not 0: -3 means a fall of 3 %, 3 a rise."
                        : resolvePercent != null && resolvePercent.compareTo(percent) * percent.signum() > 0
                                ? "resolvePercent must not be beyond percent: for example -2 for a percent of -3."
                                : null;
            case NEW_LOW, NEW_HIGH ->
                resolvePercent.signum() <= 0
                        ? "resolvePercent is how far from the extreme it resolves, in percent above 0."
                        : null;
            case BELOW ->
                resolveLevel != null && resolveLevel.compareTo(level) < 0
                        ? "resolveLevel of below is level or above it."
                        : null;
            case ABOVE ->
                resolveLevel != null && resolveLevel.compareTo(level) > 0
                        ? "resolveLevel of above is level or below it."
                        : null;
            case SILENT ->
                window.byTradingDays()
                        ? "The window of silent counts hours in which the market is open, such as PT30M or PT6H."
                        : null;
        };
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isText(String text) {
        return text == null || text.length() <= MAX_TEXT && text.indexOf('\0') < 0;
    }

    private static boolean isOneLine(String name) {
        return name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static boolean isSmall(BigDecimal number) {
        return number == null || number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_DIGITS;
    }

    @JsonIgnore
    public boolean isForAll() {
        return codes.equals(ALL);
    }

    public boolean appliesTo(String code) {
        return isForAll() || codes.contains(code);
    }

    public Rule withCodes(List<String> others) {
        return new Rule(
                name,
                others,
                type,
                percent,
                level,
                window,
                resolvePercent,
                resolveLevel,
                confirm,
                coolDown,
                remind,
                quietHours,
                severity,
                text,
                resolvedText,
                channels,
                enabled);
    }

    /**
     * Whether an alert of the other rule would also be one of this: only then does a firing alert survive an update of
     * the rule.
     */
    public boolean hasSameConditionAs(Rule other) {
        return type == other.type
                && same(percent, other.percent)
                && same(level, other.level)
                && same(resolvePercent, other.resolvePercent)
                && same(resolveLevel, other.resolveLevel)
                && (window == null || window.text().equals(other.window.text()));
    }

    private static boolean same(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }

    /**
     * Whether the worst moment of an alert is chosen by value: a percent says little about how far a level was passed
     * or about successive new lows.
     */
    @JsonIgnore
    public boolean isWorstByValue() {
        return type.hasLevel() || type.isExtreme();
    }

    /** Whether lower is worse. */
    boolean isDownwards() {
        return switch (type) {
            case DAY_CHANGE, DROP_OVER, BELOW, NEW_LOW, SILENT -> true;
            case ABOVE, NEW_HIGH -> false;
            case CHANGE_OVER -> percent.signum() < 0;
        };
    }
}
