package id.detak.demo;

import id.detak.indicator.Calendars;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.indicator.TradingCalendar.OpenHours;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A simulated market with the hours and holidays of the calendars: while a market is closed, its numbers stand still.
 * Every number follows from the seed and the time, so results are repeatable. The market crashes every two years, on
 * the second Tuesday of March of an odd year.
 */
public final class SimulatedMarket {

    private static final LocalDate BEGINNING = LocalDate.of(2023, 1, 1);
    private static final int SEED = 45;
    private static final int TICK_SECONDS = 2;
    private static final double CRASH = -0.092;
    /** Moves within a day, as in a market: the longer, the larger. */
    private static final List<Move> MOVES =
            List.of(new Move(600, 0.0012), new Move(150, 0.0006), new Move(30, 0.00025), new Move(1, 0.00006));

    /**
     * @param volatility of one day
     * @param beta sensitivity to the market's move
     * @param step what values are multiples of, or null
     */
    private record Instrument(
            String label, double start, double volatility, double beta, int valueDecimals, BigDecimal step) {}

    private record Move(int ticks, double size) {}

    /** A line of the strip, with the numbers as printed; missing numbers are null. */
    record Line(String label, BigDecimal value, BigDecimal change, BigDecimal percent) {}

    private static final List<Instrument> INDICES = List.of(
            new Instrument("IDX", 6850, 0.0012, 1.0, 2, null),
            new Instrument("LQ45", 930, 0.0012, 1.1, 2, null),
            new Instrument("KOMPAS100", 1180, 0.0012, 1.05, 2, null),
            new Instrument("IDX80", 131, 0.0012, 1.05, 2, null),
            new Instrument("IDX30", 488, 0.0012, 1.15, 2, null),
            new Instrument("ISSI", 214, 0.0012, 0.9, 2, null),
            new Instrument("IDXHIDIV20", 512, 0.0012, 0.95, 2, null));
    private static final Instrument GOLD = new Instrument("EMAS", 1_012_000, 0.006, -0.1, 0, new BigDecimal(1000));
    private static final Instrument DOLLAR = new Instrument("USD/IDR", 15_570, 0.002, -0.25, 0, BigDecimal.ONE);
    private static final List<Instrument> FUNDS = List.of(
            new Instrument("RD.SAHAM", 100, 0.001, 0.8, 2, null),
            new Instrument("RD.CAMPURAN", 100, 0.0008, 0.45, 2, null),
            new Instrument("RD.PENDAPATAN TETAP", 100, 0.0005, 0.05, 2, null));

    private final Calendars calendars;
    private final long seed;
    /** The closes of all calendar days since {@link #BEGINNING} by label; each follows from the one before. */
    private final Map<String, List<Double>> closes = new ConcurrentHashMap<>();

    public SimulatedMarket(Calendars calendars) {
        this(calendars, SEED);
    }

    SimulatedMarket(Calendars calendars, long seed) {
        this.calendars = calendars;
        this.seed = seed;
    }

    /** The lines of the strip at a time. */
    List<Line> at(Instant instant) {
        List<Line> lines = new ArrayList<>();
        Moment exchange = Moment.of(calendars.exchange(), instant);
        INDICES.forEach(index -> lines.add(level(index, exchange, 1)));
        lines.add(level(GOLD, Moment.of(calendars.of(Kind.GOLD), instant).close(), 1));
        lines.add(level(DOLLAR, Moment.of(calendars.of(Kind.CURRENCY), instant), -1));
        LocalDate fundDay = calendars.of(Kind.FUND).tradingDayAt(instant);
        FUNDS.forEach(fund -> lines.add(new Line(fund.label, null, null, rounded(dayReturn(fund, fundDay) * 100, 2))));
        return lines;
    }

    /**
     * A time of a market.
     *
     * @param open seconds for which it has been open on that day
     * @param length seconds for which it is open on that day in all
     */
    private record Moment(LocalDate day, long open, long length) {

        static Moment of(TradingCalendar calendar, Instant instant) {
            LocalDate day = calendar.tradingDayAt(instant);
            List<OpenHours> hours = calendar.openHours(day, day);
            long open = 0;
            for (OpenHours session : hours) {
                if (instant.isAfter(session.open())) {
                    Instant until = instant.isBefore(session.close()) ? instant : session.close();
                    open += Duration.between(session.open(), until).toSeconds();
                }
            }
            return new Moment(
                    day,
                    open,
                    hours.stream()
                            .mapToLong(session -> session.length().toSeconds())
                            .sum());
        }

        Moment close() {
            return new Moment(day, length, length);
        }

        double share() {
            return (double) open / length;
        }

        long tick() {
            return day.toEpochDay() * 86_400 + open / TICK_SECONDS;
        }
    }

    /** @param sign −1 where the strip prints the opposite sign, as for the dollar */
    private Line level(Instrument instrument, Moment moment, int sign) {
        LocalDate day = moment.day();
        double share = moment.share();
        BigDecimal previous = printed(instrument, close(instrument, day.minusDays(1)));
        double path = dayReturn(instrument, day) * share + intradayMove(instrument, day, share, moment.tick());
        BigDecimal value = printed(instrument, close(instrument, day.minusDays(1)) * (1 + path));
        BigDecimal change = value.subtract(previous).multiply(BigDecimal.valueOf(sign));
        BigDecimal percent = change.multiply(BigDecimal.valueOf(100)).divide(previous, 2, RoundingMode.HALF_UP);
        return new Line(instrument.label, value, change, percent);
    }

    private double close(Instrument instrument, LocalDate day) {
        List<Double> known = closes.computeIfAbsent(instrument.label, label -> new ArrayList<>());
        synchronized (known) {
            for (LocalDate next = BEGINNING.plusDays(known.size()); !next.isAfter(day); next = next.plusDays(1)) {
                double before = known.isEmpty() ? instrument.start : known.get(known.size() - 1);
                known.add(before * (1 + (isTradingDay(instrument, next) ? dayReturn(instrument, next) : 0)));
            }
            return known.get((int) ChronoUnit.DAYS.between(BEGINNING, day));
        }
    }

    private boolean isTradingDay(Instrument instrument, LocalDate day) {
        Kind kind = instrument == GOLD ? Kind.GOLD : instrument == DOLLAR ? Kind.CURRENCY : Kind.INDEX;
        return calendars.of(kind).isTradingDay(day);
    }

    private double dayReturn(Instrument instrument, LocalDate day) {
        double market = isCrash(day) ? CRASH : 0.0075 * gaussian("market", day) + 0.00012;
        return instrument.beta * market
                + instrument.volatility * gaussian(instrument.label, day)
                + (instrument == GOLD ? 0.0004 : 0.00005);
    }

    /** Movement within a day, 0 at its end; the price of gold is set once a day. */
    private double intradayMove(Instrument instrument, LocalDate day, double share, long tick) {
        if (instrument == GOLD) {
            return 0;
        }
        double wave = 0.0025 * Math.sin(2 * Math.PI * (3 * share + gaussian("phase" + instrument.label, day)));
        double noise = MOVES.stream()
                .mapToDouble(move -> move.size * noise(instrument.label, tick, move.ticks))
                .sum();
        return (wave + noise) * Math.sin(Math.PI * share);
    }

    /** Random numbers from −1 to 1 at intervals of some ticks, with straight lines between them. */
    private double noise(String label, long tick, int interval) {
        double before = random(label + interval, tick / interval).nextDouble(-1, 1);
        double after = random(label + interval, tick / interval + 1).nextDouble(-1, 1);
        return before + (after - before) * (tick % interval) / interval;
    }

    private static boolean isCrash(LocalDate day) {
        return day.getYear() % 2 == 1
                && day.getMonth() == Month.MARCH
                && day.getDayOfWeek() == DayOfWeek.TUESDAY
                && day.getDayOfMonth() >= 8
                && day.getDayOfMonth() <= 14;
    }

    private double gaussian(String what, LocalDate day) {
        return random(what, ChronoUnit.DAYS.between(BEGINNING, day)).nextGaussian();
    }

    private SplittableRandom random(String what, long moment) {
        return new SplittableRandom(seed * 31 + what.hashCode() * 1_000_003L + moment * 0x9E3779B97F4A7C15L);
    }

    private static BigDecimal printed(Instrument instrument, double level) {
        return instrument.step == null
                ? rounded(level, instrument.valueDecimals)
                : BigDecimal.valueOf(level)
                        .divide(instrument.step, 0, RoundingMode.HALF_UP)
                        .multiply(instrument.step);
    }

    private static BigDecimal rounded(double number, int decimals) {
        return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
    }
}
