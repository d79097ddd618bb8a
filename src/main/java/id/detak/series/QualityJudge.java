package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Judges the observations of one series, in chronological order, against those before them, and assigns their trading
 * days.
 *
 * <p>A verdict depends only on earlier observations, never on the order of recording: if one is recorded late, those
 * after it are judged again ({@link DerivedDataUpdate}).
 */
final class QualityJudge {

    /** A change within an hour after a session may be its closing price. */
    private static final Duration GRACE = Duration.ofHours(1);
    /** How far a close observed after the end of trading can be from the one that a percentage leads to. */
    private static final BigDecimal FAR_OFF = new BigDecimal("0.05");
    /** A lost or doubled digit, or another unit. */
    private static final List<BigDecimal> FACTORS = List.of(BigDecimal.TEN, new BigDecimal(100), new BigDecimal(1000));
    /** Units that are in use differ by less: gold by the half gram, shares split in five. */
    private static final BigDecimal MISPRINT = new BigDecimal(5);
    /** After a longer gap, any move except a factor is plausible. */
    private static final int MAX_DAYS_UNSEEN = 5;

    private final Indicator indicator;
    private final TradingCalendar calendar;
    private final SeriesConfig config;
    private final BigDecimal bound;
    private final TradingDayAssigner days;

    private Observation lastTrusted;
    /** The suspect observations after it, as many of the latest as a decision needs. */
    private final ArrayDeque<Observation> since;
    /** The close of the trading day before that of the last trusted observation; null if it is unknown. */
    private Supplier<Close> closeBefore;
    /** The observation directly before, if it is a close from a file for a day without observations; else null. */
    private Observation importedClose;
    /**
     * Of a fund: the last percentages of the trading days before that of the last trusted observation, newest first.
     */
    private Supplier<List<Close>> earlierPercents;

    /**
     * A close, or the last percentage of a fund's day.
     *
     * @param settled whether it was observed after the end of trading
     */
    record Close(LocalDate day, BigDecimal value, BigDecimal tolerance, boolean settled) {}

    /**
     * The state of the series before the first observation to be judged. Suppliers read what is expensive to read.
     *
     * @param since the suspect observations after the last trusted one, oldest first
     * @param closeBefore the close of the trading day before that of the last trusted observation, observed or from a
     *     file, or null
     * @param importedClose the observation directly before, if it is a close from a file; else null
     * @param earlierPercents of a fund: the last percentages of the trading days before that of the last trusted
     *     observation, newest first
     */
    record Past(
            Observation lastTrusted,
            List<Observation> since,
            Supplier<Close> closeBefore,
            Observation importedClose,
            Supplier<List<Close>> earlierPercents) {

        static final Past NOTHING = new Past(null, List.of(), () -> null, null, List::of);

        /** A past without a trusted observation. */
        Past since(List<Observation> suspect) {
            return new Past(lastTrusted, suspect, closeBefore, importedClose, earlierPercents);
        }
    }

    QualityJudge(Indicator indicator, TradingCalendar calendar, SeriesConfig config, Past past) {
        this.indicator = indicator;
        this.calendar = calendar;
        this.config = config;
        this.bound = indicator.kind().dayBoundPercent().divide(PercentChange.HUNDRED);
        this.days = new TradingDayAssigner(calendar, past.lastTrusted);
        this.lastTrusted = past.lastTrusted;
        this.since = new ArrayDeque<>(past.since);
        this.closeBefore = once(past.closeBefore);
        this.importedClose = past.importedClose;
        this.earlierPercents = once(past.earlierPercents);
    }

    /** How many suspect observations after the last trusted one a judge needs. */
    static int memory(SeriesConfig config) {
        return Math.max(1, config.levelPolls() - 1);
    }

    /** Calls the suppliers now, for a caller that cannot read from the database later. */
    QualityJudge prepared() {
        closeBefore.get();
        earlierPercents.get();
        return this;
    }

    /** Judges the next observation. Its own numbers have been checked already. */
    Observation judge(Observation checked) {
        Observation plain = days.dated(checked);
        return accept(plain.isImplied() ? plain : judged(plain));
    }

    /**
     * Accepts an imported row that states its quality, and keeps that quality. If the row is trusted although its value
     * is implausible, the level has changed.
     */
    Observation keep(Observation stated) {
        Observation dated = days.dated(stated);
        boolean jumped = dated.isTrusted() && hasValues(dated) && isImplausible(dated);
        return accept(
                jumped ? with(dated, dated.quality(), QualityReason.LEVEL_CHANGED, dated.previousClose()) : dated);
    }

    /**
     * Judges a stored observation again.
     *
     * @param unstated whether it is an imported row without a quality. This is known only during the import;
     *     afterwards, a row keeps its quality
     */
    Observation rejudge(Observation stored, boolean unstated) {
        return stored.captureId() == null && !unstated ? keep(withoutNote(stored)) : judge(unjudged(stored));
    }

    private Observation accept(Observation o) {
        if (o.isImplied()) {
            importedClose = o.captureId() == null ? o : null;
            return o;
        }
        days.seen(o);
        if (!o.isTrusted()) {
            importedClose = null;
            since.addLast(o);
            if (since.size() > memory(config)) {
                since.removeFirst();
            }
            return o;
        }
        if (lastTrusted == null || !o.tradingDay().equals(lastTrusted.tradingDay())) {
            startDay(o.tradingDay());
        }
        if (o.reason() == QualityReason.LEVEL_CHANGED) {
            closeBefore = () -> null;
        }
        importedClose = null;
        lastTrusted = o;
        since.clear();
        return o;
    }

    private void startDay(LocalDate day) {
        Close close = knownClose(day);
        List<Close> percents = percentsBefore(day);
        closeBefore = () -> close;
        earlierPercents = () -> percents;
    }

    /** Calls a supplier at most once. */
    private static <T> Supplier<T> once(Supplier<T> expensive) {
        return new Supplier<>() {
            private boolean known;
            private T value;

            @Override
            public T get() {
                if (!known) {
                    value = expensive.get();
                    known = true;
                }
                return value;
            }
        };
    }

    private Observation judged(Observation o) {
        QualityReason doubt = doubt(o);
        if (doubt == null) {
            return withPreviousClose(o);
        }
        if (doubt == QualityReason.IMPLAUSIBLE && o.value() != null && isNewLevel(o)) {
            return with(o, o.quality(), QualityReason.LEVEL_CHANGED, o.previousClose());
        }
        return with(o, Quality.SUSPECT, doubt, null);
    }

    /** The reason not to trust an observation, or null. */
    private QualityReason doubt(Observation o) {
        if (o.isSuspect()) {
            return o.reason();
        }
        if (indicator.kind() == Kind.INDEX) {
            QualityReason repeated = repeatedDoubt(o);
            if (repeated != null) {
                return repeated;
            }
            if (movedWhileClosed(o)) {
                return QualityReason.MARKET_CLOSED;
            }
        }
        if (o.value() == null) {
            return doubtOfPercent(o);
        }
        if (!hasValues(o) || lastTrusted.hasNumbersOf(o)) {
            return null;
        }
        if (claimsNewDay(o)) {
            return QualityReason.NO_TRADING_DAY;
        }
        if (isImplausible(o)) {
            return QualityReason.IMPLAUSIBLE;
        }
        if (hasWrongSign(o)) {
            return QualityReason.WRONG_SIGN;
        }
        return contradictsClose(o) ? QualityReason.CONTRADICTS_CLOSE : null;
    }

    private boolean hasValues(Observation o) {
        return o.value() != null && lastTrusted != null && lastTrusted.value() != null;
    }

    // ---- while the market is closed

    /**
     * Whether an observation moved while the market was closed. On a holiday, 7 April 2025, test data of the exchange
     * looked like a crash.
     */
    private boolean movedWhileClosed(Observation o) {
        return lastTrusted != null
                && !Observation.same(lastTrusted.value(), o.value())
                && !calendar.wasOpenBetween(lastTrusted.observedAt(), o.observedAt(), GRACE);
    }

    private QualityReason repeatedDoubt(Observation o) {
        Observation last = since.peekLast();
        return last != null
                        && (last.reason() == QualityReason.MARKET_CLOSED
                                || last.reason() == QualityReason.NO_TRADING_DAY)
                        && last.hasNumbersOf(o)
                ? last.reason()
                : null;
    }

    /**
     * Whether an observation states the last value as its previous close although no trading day has begun since. The
     * first number after a lag at the opening looks the same, so the last one must belong to the same day.
     */
    private boolean claimsNewDay(Observation o) {
        BigDecimal previous = claimedClose(o);
        if (indicator.kind() == Kind.OTHER
                || previous == null
                || Observation.same(o.value(), lastTrusted.value())
                || !calendar.tradingDayAt(o.observedAt()).equals(lastTrusted.tradingDay())
                || !isNear(previous, lastTrusted.value(), rounding(o))) {
            return false;
        }
        BigDecimal before = claimedClose(lastTrusted);
        if (before != null && isNear(previous, before, rounding(o).add(rounding(lastTrusted)))) {
            return false;
        }
        if (indicator.kind() != Kind.INDEX) {
            return !calendar.isTradingDay(Wib.date(o.observedAt()));
        }
        Close close = closeBefore.get();
        boolean certainlyOfItsDay = close != null
                && close.settled
                && before != null
                && isNear(before, close.value, close.tolerance.add(rounding(lastTrusted)));
        return certainlyOfItsDay || !calendar.wasOpenBetween(lastTrusted.observedAt(), o.observedAt(), Duration.ZERO);
    }

    /** The previous close that an observation states or, without a change, its percentage leads to; null if unknown. */
    private BigDecimal claimedClose(Observation o) {
        return o.previousClose() != null || o.change() != null ? o.previousClose() : previousByPercent(o);
    }

    // ---- percentages without a value

    private QualityReason doubtOfPercent(Observation o) {
        if (o.changePercent().abs().compareTo(indicator.kind().dayBoundPercent()) > 0) {
            return QualityReason.IMPLAUSIBLE;
        }
        return indicator.kind() == Kind.FUND && isFrozen(o) ? QualityReason.FROZEN : null;
    }

    private boolean isFrozen(Observation o) {
        if (lastTrusted == null || !Observation.same(lastTrusted.changePercent(), o.changePercent())) {
            return false;
        }
        Observation last = since.peekLast();
        if (last != null && last.reason() == QualityReason.FROZEN && last.hasNumbersOf(o)) {
            return true;
        }
        List<Close> percents = percentsBefore(o.tradingDay());
        return percents.size() == config.frozenDays()
                && percents.stream().allMatch(day -> Observation.same(day.value, o.changePercent()))
                // about as many trading days; captures that are months apart show nothing
                && percents.get(percents.size() - 1)
                        .day
                        .plusDays(2L * config.frozenDays() + 7)
                        .isAfter(o.tradingDay());
    }

    /** The last percentages of the trading days before a day, newest first. */
    private List<Close> percentsBefore(LocalDate day) {
        if (indicator.kind() != Kind.FUND || lastTrusted == null) {
            return List.of();
        }
        List<Close> percents = new ArrayList<>();
        if (lastTrusted.tradingDay().isBefore(day) && lastTrusted.changePercent() != null) {
            percents.add(new Close(lastTrusted.tradingDay(), lastTrusted.changePercent(), BigDecimal.ZERO, true));
        }
        percents.addAll(earlierPercents.get());
        return List.copyOf(percents.subList(0, Math.min(percents.size(), config.frozenDays())));
    }

    // ---- values

    /** The close of the trading day before a day that is the last trusted observation's or later; null if unknown. */
    private Close knownClose(LocalDate day) {
        if (lastTrusted == null) {
            return null;
        }
        LocalDate before = calendar.previousTradingDay(day);
        if (before.equals(lastTrusted.tradingDay()) && lastTrusted.value() != null) {
            return new Close(
                    before,
                    lastTrusted.value(),
                    Observation.halfUnit(lastTrusted.value()),
                    !lastTrusted.observedAt().isBefore(calendar.closeOf(before)));
        }
        if (importedClose != null && importedClose.tradingDay().equals(before)) {
            return new Close(before, importedClose.value(), Observation.halfUnit(importedClose.value()), true);
        }
        return day.equals(lastTrusted.tradingDay()) ? closeBefore.get() : null;
    }

    /**
     * Whether the value jumped by a factor of 10, 100 or 1000, or further than the kind's bound while its own numbers
     * lead to another previous close than the known one.
     */
    private boolean isImplausible(Observation o) {
        BigDecimal smaller = o.value().min(lastTrusted.value());
        if (o.value().max(lastTrusted.value()).compareTo(smaller.add(smaller.multiply(bound))) <= 0) {
            return false;
        }
        return isFactor(o.value(), lastTrusted.value())
                || isBeyondBound(o.value(), lastTrusted.value(), daysBetween(lastTrusted, o))
                        && previousCloses(o).noneMatch(previous -> isNearKnownClose(o, previous, FAR_OFF));
    }

    private boolean isFactor(BigDecimal value, BigDecimal from) {
        BigDecimal larger = value.max(from);
        BigDecimal smaller = value.min(from);
        return FACTORS.stream()
                .map(smaller::multiply)
                .anyMatch(near -> larger.subtract(near).abs().compareTo(near.multiply(bound)) <= 0);
    }

    private boolean isBeyondBound(BigDecimal value, BigDecimal from, int tradingDays) {
        return tradingDays <= MAX_DAYS_UNSEEN
                && (value.compareTo(from.multiply(BigDecimal.ONE.add(bound).pow(tradingDays))) > 0
                        || value.compareTo(from.multiply(
                                        BigDecimal.ONE.subtract(bound).pow(tradingDays)))
                                < 0);
    }

    /** The number of trading days in which the value may have moved, at least 1; large if there are many. */
    private int daysBetween(Observation earlier, Observation later) {
        int count = 0;
        for (LocalDate day = earlier.tradingDay();
                day.isBefore(later.tradingDay()) && count <= MAX_DAYS_UNSEEN;
                day = calendar.nextTradingDay(day)) {
            count++;
        }
        return Math.max(1, count);
    }

    /** The previous closes to which the numbers of an observation lead: none, one, or two of a currency pair. */
    private Stream<BigDecimal> previousCloses(Observation o) {
        if (o.change() != null && o.change().signum() != 0) {
            BigDecimal usual = o.value().subtract(o.change());
            return Quote.isCurrencyPair(indicator.code())
                    ? Stream.of(usual, o.value().add(o.change()))
                    : Stream.of(usual);
        }
        return Stream.ofNullable(previousByPercent(o));
    }

    private static BigDecimal previousByPercent(Observation o) {
        return o.changePercent() == null ? null : previousByPercent(o.value(), o.changePercent());
    }

    private static BigDecimal previousByPercent(BigDecimal value, BigDecimal percent) {
        BigDecimal factor = PercentChange.factor(percent);
        return factor.signum() <= 0 ? null : value.divide(factor, MathContext.DECIMAL64);
    }

    /**
     * Whether a previous close is near one that is known: the stored close, what the page stated before, or the last
     * value, if a trading day may have begun since.
     *
     * @param margin part of the value
     */
    private boolean isNearKnownClose(Observation o, BigDecimal previous, BigDecimal margin) {
        boolean laterDay = !o.tradingDay().equals(lastTrusted.tradingDay());
        Close close = knownClose(o.tradingDay());
        return Stream.of(
                        close == null ? null : close.value,
                        laterDay ? lastTrusted.value() : null,
                        lastTrusted.value() == null
                                ? null
                                : previousCloses(lastTrusted).findFirst().orElse(null),
                        lastTrusted.previousClose())
                .filter(Objects::nonNull)
                .anyMatch(known -> isNear(previous, known, known.multiply(margin)));
    }

    /**
     * Whether the sign of the change is wrong: only the opposite sign leads to a known previous close. A change whose
     * sign was shown by a colour or an icon is read as a rise.
     */
    private boolean hasWrongSign(Observation o) {
        BigDecimal usual = claimed(o, 1);
        BigDecimal opposite = claimed(o, -1);
        if (usual == null || opposite == null || usual.equals(opposite) || Quote.isCurrencyPair(indicator.code())) {
            return false;
        }
        if (isNearStated(o, usual, lastTrusted.previousClose())) {
            return false;
        }
        boolean laterDay = !o.tradingDay().equals(lastTrusted.tradingDay());
        Close close = knownClose(o.tradingDay());
        List<BigDecimal> closes = Stream.of(
                        close == null ? null : close.value, laterDay ? null : lastTrusted.previousClose())
                .filter(Objects::nonNull)
                .toList();
        return closes.stream().noneMatch(known -> isNearStated(o, usual, known))
                && !(laterDay && isNearStated(o, usual, lastTrusted.value()))
                && closes.stream().anyMatch(known -> isNearStated(o, opposite, known));
    }

    /** The previous close that the change, or a percentage alone, leads to, with the printed or the opposite sign. */
    private static BigDecimal claimed(Observation o, int sign) {
        if (o.change() != null) {
            return o.value().subtract(o.change().multiply(BigDecimal.valueOf(sign)));
        }
        return o.changePercent() == null
                ? null
                : previousByPercent(o.value(), o.changePercent().multiply(BigDecimal.valueOf(sign)));
    }

    /** Whether the previous close of an observation is the known one, within rounding. */
    private static boolean isNearStated(Observation o, BigDecimal previous, BigDecimal known) {
        return known != null && isNear(previous, known, rounding(o).add(Observation.halfUnit(known)));
    }

    /** Whether its own numbers lead to a previous close that is far from the known one. */
    private boolean contradictsClose(Observation o) {
        List<BigDecimal> previous = previousCloses(o).toList();
        Close close = previous.isEmpty() ? null : knownClose(o.tradingDay());
        return close != null
                && previous.stream().noneMatch(p -> isNearKnownClose(o, p, close.settled ? FAR_OFF : bound));
    }

    /**
     * Whether enough observations in a row, up to this one, are on the same implausible level. A misprint, such as a
     * lost digit, can stay for hours: where no other number confirms a value that is several times as large or as
     * small, its level must still stand on a later trading day.
     */
    private boolean isNewLevel(Observation o) {
        int count = 1;
        Observation first = o;
        for (Iterator<Observation> earlier = since.descendingIterator(); earlier.hasNext(); count++) {
            Observation candidate = earlier.next();
            if (candidate.reason() != QualityReason.IMPLAUSIBLE
                    || candidate.value() == null
                    || isBeyondBound(first.value(), candidate.value(), 1)) {
                break;
            }
            first = candidate;
        }
        return count >= config.levelPolls()
                && (o.quality() == Quality.OK
                        || !isMisprintSized(o.value(), lastTrusted.value())
                        || first.tradingDay().isBefore(o.tradingDay()));
    }

    private static boolean isMisprintSized(BigDecimal value, BigDecimal from) {
        return value.max(from).compareTo(value.min(from).multiply(MISPRINT)) > 0;
    }

    /**
     * Sets the previous close. If the numbers of a currency pair fit both signs, the known close of the day before may
     * decide.
     */
    private Observation withPreviousClose(Observation o) {
        if (o.previousClose() != null || o.value() == null || o.change() == null || o.quality() != Quality.OK) {
            return o;
        }
        Close close = knownClose(o.tradingDay());
        boolean sameDay = lastTrusted != null && o.tradingDay().equals(lastTrusted.tradingDay());
        return Stream.of(close == null ? null : close.value, sameDay ? lastTrusted.previousClose() : null)
                .filter(Objects::nonNull)
                .flatMap(known -> previousCloses(o).filter(previous -> previous.compareTo(known) == 0))
                .findFirst()
                .map(previous -> with(o, o.quality(), o.reason(), previous))
                .orElse(o);
    }

    /** How far the previous close may be from what the printed numbers say. */
    private static BigDecimal rounding(Observation o) {
        if (o.change() != null) {
            return o.previousCloseTolerance();
        }
        BigDecimal half = Observation.halfUnit(o.value());
        BigDecimal previous = previousByPercent(o);
        // a percent p implies the close value / (1 + p), which changes by previous² / value for each unit of p
        return previous == null
                ? half
                : half.add(previous.multiply(previous)
                        .multiply(Observation.halfUnit(o.changePercent()))
                        .divide(o.value().multiply(PercentChange.HUNDRED), MathContext.DECIMAL64));
    }

    private static boolean isNear(BigDecimal a, BigDecimal b, BigDecimal tolerance) {
        return a.subtract(b).abs().compareTo(tolerance) <= 0;
    }

    private static Observation with(Observation o, Quality quality, QualityReason reason, BigDecimal previousClose) {
        return new Observation(
                o.indicatorId(),
                o.observedAt(),
                o.value(),
                o.change(),
                o.changePercent(),
                previousClose,
                quality,
                reason,
                o.tradingDay(),
                o.captureId(),
                o.range(),
                o.importId());
    }

    /** A stored observation as it was before it was judged. */
    private Observation unjudged(Observation o) {
        boolean suspected = o.isSuspect() && o.reason() != null && o.reason().isByHistory();
        boolean decidedByClose = o.quality() == Quality.OK && Quote.isCurrencyPair(indicator.code());
        if (!suspected && !decidedByClose) {
            return withoutNote(o);
        }
        Quote quote = Quote.judged(indicator.code(), o.value(), o.change(), o.changePercent());
        return with(o, quote.quality(), null, quote.previousClose());
    }

    private static Observation withoutNote(Observation o) {
        return o.reason() == QualityReason.LEVEL_CHANGED ? with(o, o.quality(), null, o.previousClose()) : o;
    }
}
