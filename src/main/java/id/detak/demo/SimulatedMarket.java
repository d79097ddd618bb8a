package id.detak.demo;

import id.detak.platform.Wib;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A simulated market that trades around the clock. Every number follows from the seed and the time, so results are
 * repeatable. Every calendar day is a trading day; weekends are quiet. It crashes every two years, on the second
 * Tuesday of March of an odd year.
 */
final class SimulatedMarket {

    private static final LocalDate BEGINNING = LocalDate.of(2023, 1, 1);
    private static final int TICK_SECONDS = 2;
    private static final double CRASH = -0.092;

    /**
     * @param volatility of one day
     * @param beta sensitivity to the market's move
     * @param step what values are multiples of, or null
     */
    private record Instrument(
            String label, double start, double volatility, double beta, int valueDecimals, BigDecimal step) {}

    /** A line of the strip, with the numbers as printed; missing numbers are null. */
    record Line(String label, BigDecimal value, BigDecimal change, BigDecimal percent) {}

    private static final List<Instrument> INDICES = List.of(
            new Instrument("IDX", 6850, 0.003, 1.0, 2, null),
            new Instrument("LQ45", 930, 0.003, 1.1, 2, null),
            new Instrument("KOMPAS100", 1180, 0.003, 1.05, 2, null),
            new Instrument("IDX80", 131, 0.003, 1.05, 2, null),
            new Instrument("IDX30", 488, 0.003, 1.15, 2, null),
            new Instrument("ISSI", 214, 0.003, 0.9, 2, null),
            new Instrument("IDXHIDIV20", 512, 0.003, 0.95, 2, null));
    private static final Instrument GOLD = new Instrument("EMAS", 1_012_000, 0.006, -0.1, 0, new BigDecimal(1000));
    private static final Instrument DOLLAR = new Instrument("USD/IDR", 15_570, 0.002, -0.25, 0, BigDecimal.ONE);
    private static final List<Instrument> FUNDS = List.of(
            new Instrument("RD.SAHAM", 100, 0.001, 0.8, 2, null),
            new Instrument("RD.CAMPURAN", 100, 0.0008, 0.45, 2, null),
            new Instrument("RD.PENDAPATAN TETAP", 100, 0.0005, 0.05, 2, null));

    private final long seed;
    /** All closes since {@link #BEGINNING} by label; each follows from the one before. */
    private final Map<String, List<Double>> closes = new ConcurrentHashMap<>();

    SimulatedMarket(long seed) {
        this.seed = seed;
    }

    /** The lines of the strip at a time. */
    List<Line> at(Instant instant) {
        ZonedDateTime local = instant.atZone(Wib.ZONE);
        LocalDate day = local.toLocalDate();
        double share = local.toLocalTime().toSecondOfDay() / 86_400.0;
        long tick = local.toEpochSecond() / TICK_SECONDS;
        List<Line> lines = new ArrayList<>();
        INDICES.forEach(index -> lines.add(level(index, day, share, tick, 1)));
        lines.add(level(GOLD, day, 1, 0, 1));
        lines.add(level(DOLLAR, day, share, tick, -1));
        FUNDS.forEach(fund -> lines.add(new Line(fund.label, null, null, rounded(dayReturn(fund, day) * 100, 2))));
        return lines;
    }

    /** @param sign −1 where the strip prints the opposite sign, as for the dollar */
    private Line level(Instrument instrument, LocalDate day, double share, long tick, int sign) {
        BigDecimal previous = printed(instrument, close(instrument, day.minusDays(1)));
        double path = dayReturn(instrument, day) * share + intradayMove(instrument, day, share, tick);
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
                known.add(before * (1 + dayReturn(instrument, next)));
            }
            return known.get((int) ChronoUnit.DAYS.between(BEGINNING, day));
        }
    }

    private double dayReturn(Instrument instrument, LocalDate day) {
        double quiet = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 0.15 : 1;
        double market = isCrash(day) ? CRASH : quiet * 0.0075 * gaussian("market", day) + 0.00012;
        return instrument.beta * market
                + quiet * instrument.volatility * gaussian(instrument.label, day)
                + (instrument == GOLD ? 0.0004 : 0.00005);
    }

    /** Movement within a day, 0 at its end. */
    private double intradayMove(Instrument instrument, LocalDate day, double share, long tick) {
        double wave = 0.0025
                * Math.sin(2 * Math.PI * (3 * share + gaussian("phase" + instrument.label, day)))
                * Math.sin(Math.PI * share);
        double jitter = instrument == GOLD
                ? 0
                : 0.00035 * random(instrument.label, tick).nextDouble(-1, 1) * Math.sin(Math.PI * share);
        return instrument == GOLD ? 0 : wave + jitter;
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
