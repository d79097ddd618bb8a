package id.detak.series;

import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.ImpliedCloses.Difference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Calculates the data derived from the observations of a series: their trading days, bars, implied closes and close
 * differences. Reads observations in chronological order and writes nothing.
 */
final class DerivedData {

    private final TradingCalendar calendar;
    private final TradingDayAssigner days;
    private final int indicatorId;
    private final BarSet bars = new BarSet();
    private final Map<Instant, LocalDate> moved = new LinkedHashMap<>();
    private final TreeMap<LocalDate, Observation> impliedFound = new TreeMap<>();
    /** By the day whose close they state; one for each value and tolerance, earliest first. */
    private final Map<LocalDate, List<Observation>> statements = new HashMap<>();
    /** Days that have an observation, perhaps a suspect one, at the instant of their implied close. */
    private final Set<LocalDate> taken = new HashSet<>();

    /**
     * The last trading day on which the level changed. Statements after the change are on another level than the day
     * before.
     */
    private LocalDate newLevelDay;

    private LocalDate statementDay;
    private LocalDate statedDay;

    /** @param lastTrusted the last trusted observation before the first one to be added, or null */
    DerivedData(int indicatorId, TradingCalendar calendar, Observation lastTrusted) {
        this.indicatorId = indicatorId;
        this.calendar = calendar;
        this.days = new TradingDayAssigner(calendar, lastTrusted);
    }

    /**
     * @param moved observations whose stored trading day is wrong, by their instant
     * @param wrong implied closes that must be deleted
     * @param missing implied closes that must be inserted
     */
    record Findings(
            Map<Instant, LocalDate> moved,
            List<Observation> wrong,
            List<Observation> missing,
            List<Difference> differences,
            BarSet bars) {}

    /** @return the observation with its trading day */
    Observation add(Observation stored) {
        Observation o = days.assign(stored);
        if (!o.tradingDay().equals(stored.tradingDay())) {
            moved.put(o.observedAt(), o.tradingDay());
        }
        if (o.isImplied()) {
            impliedFound.put(o.tradingDay(), o);
            return o;
        }
        bars.add(o);
        if (o.reason() == QualityReason.LEVEL_CHANGED) {
            newLevelDay = o.tradingDay();
        }
        LocalDate seen = Wib.date(o.observedAt());
        if (o.observedAt().equals(ImpliedCloses.settledAt(seen))) {
            taken.add(seen);
        }
        if (ImpliedCloses.hasPreviousClose(o) && !o.tradingDay().equals(newLevelDay)) {
            List<Observation> stated = statements.computeIfAbsent(dayBefore(o.tradingDay()), day -> new ArrayList<>(1));
            if (stated.stream()
                    .noneMatch(other -> Observation.same(other.previousClose(), o.previousClose())
                            && other.previousCloseTolerance().compareTo(o.previousCloseTolerance()) <= 0)) {
                stated.add(o);
            }
        }
        return o;
    }

    /** Adds an observation after the range to the bar of its hour only. */
    void addHour(Observation o) {
        bars.addHours(o);
    }

    private LocalDate dayBefore(LocalDate day) {
        if (!day.equals(statementDay)) {
            statementDay = day;
            statedDay = calendar.previousTradingDay(day);
        }
        return statedDay;
    }

    /**
     * @param from the first day whose close is calculated, since earlier days are incomplete; null for all
     * @param to the last one; null for all
     */
    Findings findings(LocalDate from, LocalDate to) {
        Findings findings = new Findings(moved, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), bars);
        Set<LocalDate> days = new TreeSet<>(statements.keySet());
        days.addAll(impliedFound.keySet());
        for (LocalDate day : days) {
            boolean decided = (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
            Observation implied = impliedFound.get(day);
            Observation stays =
                    decided ? decide(day, implied, statements.getOrDefault(day, List.of()), findings) : implied;
            if (stays != null) {
                bars.add(stays);
            }
        }
        return findings;
    }

    /** @return the implied close of the day, or null */
    private Observation decide(LocalDate day, Observation stored, List<Observation> stated, Findings findings) {
        Bar own = bars.day(indicatorId, day);
        if (own != null) {
            if (stored != null) {
                findings.wrong.add(stored);
            }
            compare(day, own.close(), Observation.halfUnit(own.close()), stated, findings);
            return null;
        }
        boolean imported = stored != null && stored.captureId() == null;
        if (imported) {
            compare(day, stored.value(), Observation.halfUnit(stored.value()), stated, findings);
            return stored;
        }
        Observation implied =
                stated.isEmpty() || taken.contains(day) ? null : ImpliedCloses.implied(day, stated.get(0));
        if (stored != null && !stored.equals(implied)) {
            findings.wrong.add(stored);
        }
        if (implied != null) {
            if (!implied.equals(stored)) {
                findings.missing.add(implied);
            }
            compare(day, implied.value(), stated.get(0).previousCloseTolerance(), stated, findings);
        }
        return implied;
    }

    private static void compare(
            LocalDate day, BigDecimal close, BigDecimal closeTolerance, List<Observation> stated, Findings findings) {
        stated.forEach(statement ->
                ImpliedCloses.compare(day, close, closeTolerance, statement).ifPresent(findings.differences::add));
    }
}
