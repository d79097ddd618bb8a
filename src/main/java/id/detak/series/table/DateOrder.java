package id.detak.series.table;

import id.detak.platform.RejectedException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/** The order of day, month and year in dates of numbers. */
public enum DateOrder {
    DMY,
    MDY,
    YMD;

    /** @throws RejectedException if there is no such order */
    public static DateOrder of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RejectedException.invalid("dates must be dmy, mdy or ymd.");
        }
    }

    /** @throws DateTimeException if there is no such day */
    LocalDate date(int a, int b, int c) {
        return switch (this) {
            case DMY -> LocalDate.of(year(c), b, a);
            case MDY -> LocalDate.of(year(c), a, b);
            case YMD -> LocalDate.of(year(a), b, c);
        };
    }

    private static int year(int number) {
        return number < 100 ? 2000 + number : number;
    }
}
