package id.detak.series.table;

import id.detak.series.DayRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The numbers of a row.
 *
 * @param code empty: the one that the user named
 * @param day the trading day whose close it is; null if the row has a time
 * @param at the time; null if the row is the close of a day
 * @param range null if the table has none, or the row states only its close
 * @param quality a word of an export; empty if the table states none
 */
public record TableEntry(
        String code,
        LocalDate day,
        Instant at,
        BigDecimal value,
        BigDecimal change,
        BigDecimal percent,
        DayRange range,
        String quality) {}
