package id.detak.series;

import id.detak.indicator.TradingCalendar;
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
 * What follows from a series' observations: the trading days that they belong to, the bars, the implied closes, and the closes
 * that are stated otherwise. Plain Java over observations in the order of time; writes nothing.
 */
final class DerivedData {

    private final TradingCalendar calendar;
    private final TradingDayAssigner days;
    private final int indicatorId;
    private final BarSet bars = new BarSet();
    private final Map<Instant, LocalDate> moved = new LinkedHashMap<>();
    private final TreeMap<LocalDate, Observation> impliedFound = new TreeMap<>();
    /** By the day whose close they tell; one for each number (the exacter one too), the earliest first. */
    private final Map<LocalDate, List<Observation>> statements = new HashMap<>();
    /** Days with an observation, a suspect one say, at the very moment that an implied close would stand at. */
    private final Set<LocalDate> taken = new HashSet<>();
    private LocalDate statementDay;
    private LocalDate statedDay;

    /** @param lastTrusted what stands before the first observation to come, or null */
    DerivedData(int indicatorId, TradingCalendar calendar, Observation lastTrusted) {
        this.indicatorId = indicatorId;
        this.calendar = calendar;
        this.days = new TradingDayAssigner(calendar, lastTrusted);
    }

    /**
     * @param moved observations that belong to another trading day than is stored, by their instant
     * @param wrong implied closes that are stored and should not be
     * @param missing implied closes that should be stored and are not
     */
    record Findings(Map<Instant, LocalDate> moved, List<Observation> wrong, List<Observation> missing, List<Difference> differences, BarSet bars) {
    }

    /** @return the observation with the day that it belongs to */
    Observation add(Observation stored) {
        Observation o = days.settle(stored);
        if (!o.tradingDay().equals(stored.tradingDay())) {
            moved.put(o.observedAt(), o.tradingDay());
        }
        if (o.isImplied()) {
            impliedFound.put(o.tradingDay(), o);
            return o;
        }
        bars.add(o);
        LocalDate seen = LocalDate.ofInstant(o.observedAt(), TradingCalendar.ZONE);
        if (o.observedAt().equals(ImpliedCloses.settledAt(seen))) {
            taken.add(seen);
        }
        if (ImpliedCloses.tells(o)) {
            List<Observation> told = statements.computeIfAbsent(dayBefore(o.tradingDay()), day -> new ArrayList<>(1));
            if (told.stream().noneMatch(other -> Observation.same(other.previousClose(), o.previousClose())
                    && other.previousCloseTolerance().compareTo(o.previousCloseTolerance()) <= 0)) {
                told.add(o);
            }
        }
        return o;
    }

    /** An observation behind those whose days matter: it counts in its hour alone. */
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

    /** @param from the first day whose close is decided; those before it were not added wholly; null: all @param to the last one */
    Findings findings(LocalDate from, LocalDate to) {
        Findings findings = new Findings(moved, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), bars);
        Set<LocalDate> told = new TreeSet<>(statements.keySet());
        told.addAll(impliedFound.keySet());
        for (LocalDate day : told) {
            boolean decided = (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
            Observation implied = impliedFound.get(day);
            Observation stays = decided ? decide(day, implied, statements.getOrDefault(day, List.of()), findings) : implied;
            if (stays != null) {
                bars.add(stays);
            }
        }
        return findings;
    }

    /** @return the implied close that the day has, or null */
    private Observation decide(LocalDate day, Observation stored, List<Observation> told, Findings findings) {
        Bar own = bars.day(indicatorId, day);
        if (own != null) {
            if (stored != null) {
                findings.wrong.add(stored);
            }
            compare(day, own.close(), Observation.halfUnit(own.close()), told, findings);
            return null;
        }
        boolean ofFile = stored != null && stored.captureId() == null;
        if (ofFile) {
            compare(day, stored.value(), Observation.halfUnit(stored.value()), told, findings);
            return stored;
        }
        Observation implied = told.isEmpty() || taken.contains(day) ? null : ImpliedCloses.implied(day, told.get(0));
        if (stored != null && !stored.equals(implied)) {
            findings.wrong.add(stored);
        }
        if (implied != null) {
            if (!implied.equals(stored)) {
                findings.missing.add(implied);
            }
            compare(day, implied.value(), told.get(0).previousCloseTolerance(), told, findings);
        }
        return implied;
    }

    private static void compare(LocalDate day, BigDecimal close, BigDecimal closeTolerance, List<Observation> told, Findings findings) {
        told.forEach(statement -> ImpliedCloses.compare(day, close, closeTolerance, statement).ifPresent(findings.differences::add));
    }
}
