package id.detak.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.alert.rule.Transition.Cause;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.Observation;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random series and rules: incremental evaluation against a plain model that reads all observations each time. */
class RuleModelTest {

    private static final int RULES_PER_SERIES = 4;
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final List<String> WINDOWS = List.of(
            "PT10M", "30m", "PT1H", "PT6H", "1d", "P1D", "P2DT3H", "1w", "30d", "P1M", "P3M", "1td", "2td", "5td");

    // ---- the model

    /** What an observation means by what was known at its time. */
    private record Known(Instant at, LocalDate day, BigDecimal level, BigDecimal percent, BigDecimal previousClose) {}

    /** The observations of a trading day, and how many of the first only repeat the previous day. */
    private record Day(LocalDate day, List<Observation> all, int repeats) {

        boolean isNothingElse() {
            return repeats == all.size();
        }

        /** Numbers that were repeated for a whole day were its own. */
        List<Observation> own() {
            return isNothingElse() ? all : all.subList(repeats, all.size());
        }
    }

    private static List<Day> days(List<Observation> seen) {
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < seen.size(); ) {
            LocalDate day = seen.get(i).tradingDay();
            List<Observation> all =
                    seen.stream().filter(o -> o.tradingDay().equals(day)).toList();
            int repeats = 0;
            while (i > 0
                    && repeats < all.size()
                    && all.get(repeats).hasNumbersOf(seen.get(i - 1))
                    && all.get(repeats).changePercent() != null
                    && all.get(repeats).changePercent().signum() != 0) {
                repeats++;
            }
            days.add(new Day(day, all, repeats));
            i += all.size();
        }
        return days;
    }

    /** The level after the first so many days. */
    private static BigDecimal close(List<Day> days, int count, boolean fund) {
        BigDecimal level = fund ? HUNDRED : null;
        for (Day day : days.subList(0, count)) {
            BigDecimal last = null;
            for (Observation o : day.own()) {
                BigDecimal number = fund ? o.changePercent() : o.value();
                last = number == null ? last : number;
            }
            level = last == null ? level : fund ? chain(level, last) : last;
        }
        return level;
    }

    private static BigDecimal chain(BigDecimal level, BigDecimal percent) {
        return level.multiply(HUNDRED.add(percent).movePointLeft(2), MathContext.DECIMAL64);
    }

    private static BigDecimal change(BigDecimal from, BigDecimal to) {
        return from == null || to == null
                ? null
                : to.subtract(from).multiply(HUNDRED).divide(from, MathContext.DECIMAL64);
    }

    /** The newest observation as it was known at its time. */
    private static Known known(Kind kind, TradingCalendar calendar, List<Observation> seen) {
        Observation o = seen.get(seen.size() - 1);
        List<Day> days = days(seen);
        int index = days.size() - 1;
        if (index > 0 && days.get(index).isNothingElse()) {
            index--;
        }
        Day day = days.get(index);
        // a repeat means what the last observation of its own day meant
        Observation effective = index < days.size() - 1 ? day.all.get(day.all.size() - 1) : o;
        boolean fund = kind == Kind.FUND;
        BigDecimal before = close(days, index, fund);
        BigDecimal level = !fund ? o.value() : o.changePercent() == null ? null : chain(before, o.changePercent());
        boolean neighbour = index > 0 && days.get(index - 1).day.equals(calendar.previousTradingDay(day.day));
        BigDecimal previous = fund
                ? index > 0 ? before : HUNDRED
                : effective.previousClose() != null ? effective.previousClose() : neighbour ? before : null;
        BigDecimal percent =
                kind == Kind.CURRENCY || o.changePercent() == null ? change(previous, level) : o.changePercent();
        return new Known(o.observedAt(), day.day, level, percent, previous);
    }

    private static Instant windowStart(TimeSpan window, Instant end, TradingCalendar calendar) {
        if (window.tradingDays() == 0) {
            LocalDateTime local = LocalDateTime.ofInstant(end, Wib.ZONE);
            YearMonth month = YearMonth.from(local).minusMonths(window.period().toTotalMonths());
            LocalDateTime before = local.getDayOfMonth() > month.lengthOfMonth()
                    ? month.plusMonths(1).atDay(1).atStartOfDay()
                    : month.atDay(local.getDayOfMonth()).atTime(local.toLocalTime());
            return before.minusDays(window.period().getDays())
                    .minus(window.duration())
                    .atZone(Wib.ZONE)
                    .toInstant();
        }
        Instant start = end;
        for (int i = 0; i < window.tradingDays(); i++) {
            Instant before = i == 0 ? end : start.minusNanos(1);
            start = calendar.turnOf(calendar.tradingDayAt(before));
        }
        // an observation at the turn belongs to the new day; the one before is the previous close
        return start.minus(1, ChronoUnit.MICROS);
    }

    /** The measurement of the newest observation: level, percent, reference, distance from the extreme. */
    private record Reading(
            BigDecimal level, BigDecimal percent, BigDecimal reference, Instant referenceAt, BigDecimal away) {}

    /** How long a level is valid without a later one. */
    private static final Duration STANDS = Duration.ofDays(14);

    private static final Reading NOTHING = new Reading(null, null, null, null, null);

    private static Reading read(Rule rule, TradingCalendar calendar, List<Known> known) {
        Known now = known.get(known.size() - 1);
        List<Known> levels = known.stream().filter(k -> k.level != null).toList();
        switch (rule.type()) {
            case DAY_CHANGE:
                return new Reading(now.level, now.percent, now.previousClose, null, null);
            case BELOW:
            case ABOVE:
                return new Reading(now.level, now.percent, null, null, null);
            case SILENT:
                return new Reading(now.level, now.percent, null, now.at, null);
            default:
                break;
        }
        if (now.level == null) {
            return NOTHING;
        }
        Instant start = windowStart(rule.window(), now.at, calendar);
        int standing = -1;
        for (int i = 0; i < levels.size(); i++) {
            standing = levels.get(i).at.isAfter(start) ? standing : i;
        }
        int first = Math.max(standing, 0);
        if (standing >= 0 && !levels.get(standing).at.plus(STANDS).isAfter(start)) {
            first = standing + 1;
            standing = -1;
        }
        if (rule.type() == RuleType.CHANGE_OVER) {
            if (standing < 0) {
                return NOTHING;
            }
            int since = standing;
            while (since > 0
                    && levels.get(since - 1).level.compareTo(levels.get(standing).level) == 0
                    && !levels.get(since).at.isAfter(levels.get(since - 1).at.plus(STANDS))) {
                since--;
            }
            return new Reading(
                    now.level,
                    change(levels.get(standing).level, now.level),
                    levels.get(standing).level,
                    levels.get(since).at,
                    null);
        }
        List<Known> within = levels.subList(first, levels.size());
        if (rule.type() == RuleType.DROP_OVER) {
            Known high = extreme(within, 1);
            return new Reading(now.level, change(high.level, now.level), high.level, high.at, null);
        }
        int direction = rule.type() == RuleType.NEW_HIGH ? 1 : -1;
        if (within.size() == 1) {
            return NOTHING;
        }
        Known before = extreme(within.subList(0, within.size() - 1), direction);
        Known byNow = extreme(within, direction);
        return new Reading(
                now.level,
                change(before.level, now.level),
                before.level,
                before.at,
                change(byNow.level, now.level).abs());
    }

    /** The extreme; of equal levels, the latest. */
    private static Known extreme(List<Known> of, int direction) {
        Known extreme = of.get(0);
        for (Known k : of) {
            extreme = k.level.compareTo(extreme.level) * direction >= 0 ? k : extreme;
        }
        return extreme;
    }

    private enum Outcome {
        NOTHING,
        CLEAR,
        BETWEEN,
        MET
    }

    private static Outcome verdict(Rule rule, Reading reading) {
        boolean byLevel = rule.level() != null;
        BigDecimal number = byLevel ? reading.level : reading.percent;
        if (number == null) {
            return Outcome.NOTHING;
        }
        boolean alarm;
        boolean calm;
        switch (rule.type()) {
            case DAY_CHANGE, DROP_OVER -> {
                alarm = number.negate().compareTo(rule.percent()) >= 0;
                calm = rule.resolvePercent() == null ? !alarm : number.negate().compareTo(rule.resolvePercent()) < 0;
            }
            case CHANGE_OVER -> {
                BigDecimal sign = BigDecimal.valueOf(rule.percent().signum());
                alarm = number.multiply(sign).compareTo(rule.percent().abs()) >= 0;
                calm = rule.resolvePercent() == null
                        ? !alarm
                        : number.multiply(sign).compareTo(rule.resolvePercent().multiply(sign)) < 0;
            }
            case BELOW -> {
                alarm = number.compareTo(rule.level()) < 0;
                calm = number.compareTo(rule.resolveLevel() == null ? rule.level() : rule.resolveLevel()) >= 0;
            }
            case ABOVE -> {
                alarm = number.compareTo(rule.level()) > 0;
                calm = number.compareTo(rule.resolveLevel() == null ? rule.level() : rule.resolveLevel()) <= 0;
            }
            default -> {
                alarm = number.signum() == (rule.type() == RuleType.NEW_HIGH ? 1 : -1);
                calm = reading.away.compareTo(rule.resolvePercent()) >= 0;
            }
        }
        return alarm ? Outcome.MET : calm ? Outcome.CLEAR : Outcome.BETWEEN;
    }

    /** A transition in a form that can be compared. */
    private static String step(
            AlertState from,
            AlertState to,
            Cause cause,
            Instant at,
            LocalDate day,
            BigDecimal value,
            BigDecimal percent,
            BigDecimal reference,
            Instant referenceAt) {
        return from.word() + " → " + to.word() + " by " + cause.word() + " at " + at + " of " + day + ": "
                + plain(value) + " " + plain(percent) + " % of " + plain(reference) + " at " + referenceAt;
    }

    private static String plain(BigDecimal number) {
        return number == null
                ? "nothing"
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The model's run, which reads the whole list for each observation. */
    private static final class Model {
        private final Rule rule;
        private final TradingCalendar calendar;
        private final List<Known> known = new ArrayList<>();
        private final List<Reading> readings = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private AlertState state = AlertState.NO_DATA;
        private int began;
        private int firedAt;
        private Instant notBefore = Instant.MIN;
        final List<String> steps = new ArrayList<>();
        /** The worst moment of the current firing. */
        String worst = "";

        Model(Rule rule, TradingCalendar calendar) {
            this.rule = rule;
            this.calendar = calendar;
        }

        void see(Known now) {
            known.add(now);
            Reading reading = read(rule, calendar, known);
            readings.add(reading);
            int i = known.size() - 1;
            if (rule.type() == RuleType.SILENT) {
                outcomes.add(Outcome.CLEAR);
                if (state == AlertState.FIRING) {
                    startCoolDown(now);
                }
                if (state == AlertState.FIRING || state == AlertState.NO_DATA) {
                    moveTo(state == AlertState.FIRING ? AlertState.RESOLVED : AlertState.OK, Cause.VALUE, i);
                }
                return;
            }
            outcomes.add(verdict(rule, reading));
            if (rule.type() == RuleType.DAY_CHANGE && i > 0 && now.day.isAfter(known.get(i - 1).day)) {
                if (state == AlertState.FIRING || state == AlertState.PENDING) {
                    moveTo(state == AlertState.FIRING ? AlertState.RESOLVED : AlertState.OK, Cause.NEW_DAY, i);
                }
            }
            evaluate(now, i);
            worst = state == AlertState.FIRING ? worst(firedAt, i) : "";
        }

        private void evaluate(Known now, int i) {
            Outcome outcome = outcomes.get(i);
            if (state == AlertState.FIRING) {
                if (outcome == Outcome.CLEAR) {
                    startCoolDown(now);
                    moveTo(AlertState.RESOLVED, Cause.VALUE, i);
                }
            } else if (outcome == Outcome.MET) {
                began = state == AlertState.PENDING ? began : i;
                long inARow = outcomes.subList(began, i + 1).stream()
                        .filter(Outcome.MET::equals)
                        .count();
                boolean confirmed = rule.confirm().time() == null
                        ? inARow >= rule.confirm().observations()
                        : !known.get(began)
                                .at
                                .plus(rule.confirm().time().length())
                                .isAfter(now.at);
                if (confirmed && !now.at.isBefore(notBefore)) {
                    firedAt = i;
                    moveTo(AlertState.FIRING, Cause.VALUE, i);
                } else if (state != AlertState.PENDING) {
                    moveTo(AlertState.PENDING, Cause.VALUE, i);
                }
            } else if (outcome == Outcome.NOTHING) {
                if (state == AlertState.OK || state == AlertState.RESOLVED) {
                    moveTo(AlertState.NO_DATA, Cause.VALUE, i);
                }
            } else if (state == AlertState.PENDING || state == AlertState.NO_DATA) {
                moveTo(AlertState.OK, Cause.VALUE, i);
            }
        }

        private void startCoolDown(Known now) {
            notBefore = rule.coolDown() == null
                    ? notBefore
                    : now.at.plus(rule.coolDown().length());
        }

        private void moveTo(AlertState to, Cause cause, int i) {
            Reading r = readings.get(i);
            steps.add(step(
                    state,
                    to,
                    cause,
                    known.get(i).at,
                    known.get(i).day,
                    known.get(i).level,
                    r.percent,
                    rule.level() != null ? rule.level() : r.reference,
                    r.referenceAt));
            state = to;
        }

        private String worst(int first, int last) {
            boolean byLevel =
                    rule.level() != null || rule.type() == RuleType.NEW_LOW || rule.type() == RuleType.NEW_HIGH;
            boolean down = rule.type() != RuleType.ABOVE
                    && rule.type() != RuleType.NEW_HIGH
                    && (rule.type() != RuleType.CHANGE_OVER || rule.percent().signum() < 0);
            int worst = first;
            for (int i = first; i <= last; i++) {
                BigDecimal number = byLevel ? readings.get(i).level : readings.get(i).percent;
                BigDecimal most = byLevel ? readings.get(worst).level : readings.get(worst).percent;
                worst = number != null && (down ? number.compareTo(most) < 0 : number.compareTo(most) > 0) ? i : worst;
            }
            return plain(known.get(worst).level) + " " + plain(readings.get(worst).percent) + " " + known.get(worst).at;
        }

        /** Tries each minute of the silence. */
        void nothingUntil(Instant expected, Instant now) {
            if (state == AlertState.FIRING || known.isEmpty()) {
                return;
            }
            Known last = known.get(known.size() - 1);
            Instant minute = last.at;
            for (long left = rule.window().length().toMinutes();
                    left > 0;
                    minute = minute.plus(1, ChronoUnit.MINUTES)) {
                left -= calendar.isOpen(minute) ? 1 : 0;
                if (minute.isAfter(now)) {
                    return;
                }
            }
            Instant due = minute.isAfter(expected) ? minute : expected;
            due = due.isAfter(notBefore) ? due : notBefore;
            if (!due.isAfter(now)) {
                steps.add(step(
                        state,
                        AlertState.FIRING,
                        Cause.SILENCE,
                        due,
                        calendar.tradingDayAt(due),
                        last.level,
                        null,
                        null,
                        last.at));
                state = AlertState.FIRING;
            }
        }
    }

    // ---- random series and rules

    private static List<Observation> series(Kind kind, TradingCalendar calendar, Random random) {
        List<Observation> seen = new ArrayList<>();
        LocalDate start = LocalDate.of(2025, 1, 6).plusDays(random.nextInt(600));
        Instant at = start.atTime(LocalTime.of(8 + random.nextInt(10), 5 * random.nextInt(12)))
                .atZone(Wib.ZONE)
                .toInstant();
        int count = 5 + random.nextInt(45);
        int pace = random.nextInt(4);
        int value = 1000;
        int close = 1000;
        String percent = "0.00";
        Observation last = null;
        while (seen.size() < count) {
            LocalDate day = calendar.tradingDayAt(at);
            boolean repeats = last != null && random.nextInt(100) < 35;
            if (last != null && day.isAfter(last.tradingDay()) && !repeats) {
                close = value;
            }
            Observation made;
            if (repeats) {
                // the recorder already assigns some of these to the previous day
                boolean settled = last.change() != null
                        && last.change().signum() != 0
                        && last.value() != null
                        && last.changePercent() != null
                        && random.nextBoolean();
                made = new Observation(
                        1,
                        at,
                        last.value(),
                        last.change(),
                        last.changePercent(),
                        last.previousClose(),
                        Quality.OK,
                        null,
                        settled ? last.tradingDay() : day,
                        UUID.randomUUID());
            } else {
                value = random.nextInt(5) == 0
                        ? 900 + 5 * random.nextInt(40)
                        : Math.max(500, value + 5 * (random.nextInt(7) - 3));
                made = observation(kind, at, day, value, close, random);
            }
            seen.add(made);
            last = made;
            at = at.plus(pause(pace, random));
        }
        return seen;
    }

    private static Observation observation(Kind kind, Instant at, LocalDate day, int value, int close, Random random) {
        BigDecimal level = random.nextInt(20) == 0 ? null : BigDecimal.valueOf(value);
        BigDecimal percent =
                BigDecimal.valueOf((value - close) * 100L).divide(BigDecimal.valueOf(close), 2, RoundingMode.HALF_UP);
        if (kind == Kind.FUND) {
            return new Observation(
                    1,
                    at,
                    null,
                    null,
                    random.nextInt(15) == 0 ? null : BigDecimal.valueOf(25L * (random.nextInt(17) - 8), 2),
                    null,
                    Quality.UNCHECKED,
                    null,
                    day,
                    UUID.randomUUID());
        }
        boolean bare = kind == Kind.GOLD && random.nextBoolean() || random.nextInt(15) == 0;
        boolean without = random.nextInt(10) == 0;
        boolean turned = kind == Kind.CURRENCY && random.nextInt(4) > 0;
        BigDecimal sign = turned ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        boolean knowsClose = !bare && level != null && (kind != Kind.CURRENCY || random.nextBoolean());
        return new Observation(
                1,
                at,
                level,
                bare ? null : BigDecimal.valueOf(value - close).multiply(sign),
                without ? null : percent.multiply(sign),
                knowsClose ? BigDecimal.valueOf(close) : null,
                Quality.OK,
                null,
                day,
                UUID.randomUUID());
    }

    private static Duration pause(int pace, Random random) {
        return switch (random.nextInt(10) == 0 ? 3 : pace) {
            case 0 -> Duration.ofMinutes(1 + random.nextInt(10));
            case 1 -> Duration.ofMinutes(5L * (1 + random.nextInt(30)));
            case 2 -> Duration.ofHours(1 + random.nextInt(20));
            default -> Duration.ofMinutes(30L * (1 + random.nextInt(240)));
        };
    }

    private static Rule rule(Random random) {
        RuleType type = RuleType.values()[random.nextInt(RuleType.values().length)];
        BigDecimal percent = BigDecimal.valueOf(50L * (1 + random.nextInt(8)), 2);
        BigDecimal resolve = random.nextBoolean()
                ? null
                : percent.subtract(BigDecimal.valueOf(50L * random.nextInt(3), 2))
                        .max(BigDecimal.ZERO);
        BigDecimal level = BigDecimal.valueOf(950 + 5 * random.nextInt(20));
        BigDecimal resolveLevel = random.nextBoolean() ? null : BigDecimal.valueOf(5L * random.nextInt(5));
        Confirmation confirm = random.nextInt(3) == 0
                ? null
                : Confirmation.of(
                        random.nextBoolean()
                                ? (Object) (1 + random.nextInt(3))
                                : List.of("PT5M", "1h", "P1D").get(random.nextInt(3)));
        TimeSpan coolDown = random.nextBoolean()
                ? null
                : TimeSpan.of(List.of("PT20M", "PT3H", "P1D", "4d").get(random.nextInt(4)));
        TimeSpan window = TimeSpan.of(WINDOWS.get(random.nextInt(WINDOWS.size())));
        boolean rise = type == RuleType.CHANGE_OVER && random.nextBoolean();
        return switch (type) {
            case DAY_CHANGE -> rule(type, percent, null, null, resolve, null, confirm, coolDown);
            case DROP_OVER -> rule(type, percent, null, window, resolve, null, confirm, coolDown);
            case CHANGE_OVER ->
                rule(
                        type,
                        rise ? percent : percent.negate(),
                        null,
                        window,
                        resolve == null || rise ? resolve : resolve.negate(),
                        null,
                        confirm,
                        coolDown);
            case BELOW ->
                rule(
                        type,
                        null,
                        level,
                        null,
                        null,
                        resolveLevel == null ? null : level.add(resolveLevel),
                        confirm,
                        coolDown);
            case ABOVE ->
                rule(
                        type,
                        null,
                        level,
                        null,
                        null,
                        resolveLevel == null ? null : level.subtract(resolveLevel),
                        confirm,
                        coolDown);
            case NEW_LOW, NEW_HIGH ->
                rule(
                        type,
                        null,
                        null,
                        window,
                        resolve == null || resolve.signum() == 0 ? null : resolve,
                        null,
                        confirm,
                        coolDown);
            case SILENT ->
                rule(
                        type,
                        null,
                        null,
                        TimeSpan.of(
                                List.of("PT10M", "30m", "PT2H", "PT6H", "P1D").get(random.nextInt(5))),
                        null,
                        null,
                        null,
                        coolDown);
        };
    }

    private static Rule rule(
            RuleType type,
            BigDecimal percent,
            BigDecimal level,
            TimeSpan window,
            BigDecimal resolvePercent,
            BigDecimal resolveLevel,
            Confirmation confirm,
            TimeSpan coolDown) {
        return new Rule(
                "rule",
                null,
                type,
                percent,
                level,
                window,
                resolvePercent,
                resolveLevel,
                confirm,
                coolDown,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void incrementalEvaluationMatchesTheModel(@ForAll long seed) {
        Random random = new Random(seed);
        Kind kind = List.of(Kind.INDEX, Kind.GOLD, Kind.FUND, Kind.CURRENCY).get(random.nextInt(4));
        TradingCalendar calendar = Series.calendar(kind);
        List<Observation> seen = series(kind, calendar, random);
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            known.add(known(kind, calendar, seen.subList(0, i + 1)));
        }
        for (int i = 0; i < RULES_PER_SERIES; i++) {
            assertMatchesModel(rule(random), kind, seen, known);
        }
    }

    private static String brief(Observation o) {
        return o.observedAt() + " of " + o.tradingDay() + ": " + o.value() + " " + o.change() + " " + o.changePercent()
                + " % after " + o.previousClose();
    }

    private static void assertMatchesModel(Rule rule, Kind kind, List<Observation> seen, List<Known> known) {
        TradingCalendar calendar = Series.calendar(kind);
        Samples samples = new Samples(kind, calendar);
        RuleMeasure gauge = RuleMeasure.Key.of(rule).create(calendar);
        RuleRun run = new RuleRun(rule, RuleProgress.NONE);
        Model model = new Model(rule, calendar);
        Sample last = null;
        UUID alert = null;
        for (int i = 0; i < seen.size(); i++) {
            String where = kind + " " + rule + "\n"
                    + String.join(
                            "\n",
                            seen.subList(0, i + 1).stream()
                                    .map(RuleModelTest::brief)
                                    .toList()) + "\n" + model.steps;
            model.steps.clear();
            List<Transition> steps = new ArrayList<>();
            Instant now = seen.get(i).observedAt();
            if (rule.type() == RuleType.SILENT && last != null) {
                Instant expected = last.at().plus(Duration.ofMinutes(8));
                run.silence(last, last.at(), expected, now, calendar).ifPresent(steps::add);
                model.nothingUntil(expected, now);
            }
            last = samples.next(seen.get(i));
            steps.addAll(run.step(last, gauge.measure(last)));
            model.see(known.get(i));
            assertThat(steps.stream()
                            .map(t -> step(
                                    t.from(),
                                    t.to(),
                                    t.cause(),
                                    t.at(),
                                    t.tradingDay(),
                                    t.value(),
                                    t.changePercent(),
                                    t.reference(),
                                    t.referenceAt())))
                    .as(where)
                    .isEqualTo(model.steps);
            RuleProgress p = run.progress();
            if (rule.type() != RuleType.SILENT) {
                assertThat(
                                p.worstAt() == null
                                        ? ""
                                        : plain(p.worstValue()) + " " + plain(p.worstPercent()) + " " + p.worstAt())
                        .as(where)
                        .isEqualTo(model.worst);
            }
            assertThat(p.state()).as(where).isEqualTo(model.state);
            for (Transition t : steps) {
                assertThat(t.captureId())
                        .as(where)
                        .isEqualTo(
                                t.cause() == Cause.SILENCE ? null : seen.get(i).captureId());
                assertThat(t.from() == AlertState.FIRING ? alert : t.to() == AlertState.FIRING ? t.alertId() : null)
                        .as("one alert from firing to resolved")
                        .isEqualTo(t.alertId());
                alert = t.to() == AlertState.FIRING ? t.alertId() : alert;
            }
        }
    }
}
