package id.detak.page;

import id.detak.capture.Via;
import id.detak.indicator.TradingCalendar;
import id.detak.intake.Arrival;
import id.detak.platform.Wib;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A year of simulated strip pages; the last one has the numbers of the archived strips. */
final class StripPages {

    /** A time within a session of every trading day. */
    private static final LocalTime SEEN = LocalTime.of(10, 0);

    private static final int DAYS_CLOSE_BY = 20;
    private static final int TRADING_DAYS = 240;
    private static final int STEP_FURTHER_BACK = 10;

    private StripPages() {}

    /** Oldest first. The last page is from a session of the previous trading day, and therefore stale. */
    static List<Arrival> year(TradingCalendar exchange, Instant now) {
        List<Arrival> pages = new ArrayList<>();
        LocalDate day = exchange.previousTradingDay(exchange.tradingDayAt(now));
        for (int back = 0; back < TRADING_DAYS; back++) {
            if (back < DAYS_CLOSE_BY || back % STEP_FURTHER_BACK == 0) {
                pages.add(0, arrival(day, back));
            }
            day = exchange.previousTradingDay(day);
        }
        return pages;
    }

    static String page(String... items) {
        return "<html><body><div>| : WIB | INDIKATOR |<ul><li>• " + String.join("</li><li>• ", items)
                + "</li></ul></div></body></html>";
    }

    private static Arrival arrival(LocalDate day, int back) {
        Instant at = day.atTime(SEEN).atZone(Wib.ZONE).toInstant();
        return new Arrival(
                "archive", Via.IMPORT, null, at, null, null, new Arrival.Page(back == 0 ? last() : earlier(back)));
    }

    private static String last() {
        return page(
                "LQ45898,78 -24,72 -2.68%",
                "EMAS1.319.000 0,00%",
                "RD.SAHAM 0.05%",
                "RD.CAMPURAN 0.03%",
                "RD.PENDAPATAN TETAP 0.00%",
                "IDX 7.166 -66,59 -0,92%",
                "KOMPAS100 1.055 9,60 0,92%",
                "ISSI 214 0,13 9,99%",
                "USD/IDR 16.146 54,00 0,33%");
    }

    private static String earlier(int back) {
        return page(
                "LQ45 " + moved(923.50, 45, back),
                "EMAS " + whole(1_319_000 - 2_000L * (back % 7) - 500L * back) + " 0,10%",
                "RD.SAHAM " + percent(0.4 * Math.sin(back)) + "%",
                "RD.CAMPURAN 0.03%",
                "RD.PENDAPATAN TETAP 0.01%",
                "IDX " + moved(7232.59, 300, back),
                "USD/IDR " + whole(16_200 + 15L * (back % 9)) + " 0,00 0,00%");
    }

    private static String moved(double newest, double swing, int back) {
        BigDecimal value = level(newest, swing, back);
        BigDecimal before = level(newest, swing, back + 1);
        BigDecimal change = value.subtract(before);
        BigDecimal percent = change.multiply(BigDecimal.valueOf(100)).divide(before, 2, RoundingMode.HALF_UP);
        return String.format(Locale.GERMANY, "%,.2f %,.2f %,.2f%%", value, change, percent);
    }

    private static BigDecimal level(double newest, double swing, int back) {
        return BigDecimal.valueOf(newest + swing * Math.sin((back - 1) / 11.0)).setScale(2, RoundingMode.HALF_UP);
    }

    private static String whole(long number) {
        return String.format(Locale.GERMANY, "%,d", number);
    }

    private static String percent(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
