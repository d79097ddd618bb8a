package id.detak.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/** Made-up rows of ten indicators, one each minute, day and night. */
final class MinuteRows {

    static final List<String> CODES =
            List.of("LQ45", "EMAS", "IDX", "KOMPAS100", "IDX80", "IDX30", "ISSI", "IDXHIDIV20", "IDXV30", "IDXQ30");
    static final int A_YEAR = 525_600;
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final int MINUTES_A_DAY = 1440;

    private MinuteRows() {}

    /**
     * A CSV file of the minutes before the end of {@code lastDay}, by indicator and time; every {@code step}-th of
     * them.
     */
    static Path csv(Path file, LocalDate lastDay, int minutes, int step) throws IOException {
        Instant start =
                lastDay.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(60L * minutes);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,observed_at,value,change,change_percent,quality\n");
            for (String code : CODES) {
                write(out, code, start, minutes, step);
            }
        }
        return file;
    }

    private static void write(BufferedWriter out, String code, Instant start, int minutes, int step)
            throws IOException {
        Random random = new Random(code.hashCode());
        int value = 90_000;
        int previous = value;
        for (int minute = 0; minute < minutes; minute++) {
            if (minute % MINUTES_A_DAY == 0) {
                previous = value;
            }
            value = Math.max(1000, value + random.nextInt(61) - 30);
            if (minute % step != 0) {
                continue;
            }
            out.write(code);
            out.write(',');
            out.write(FORM.format(start.plusSeconds(60L * minute).atOffset(ZoneOffset.UTC)));
            out.write("+07:00,");
            cents(out, value);
            out.write(',');
            cents(out, value - previous);
            out.write(',');
            cents(out, Math.round((value - previous) * 10_000.0 / previous));
            out.write(",ok\n");
        }
    }

    private static void cents(BufferedWriter out, long cents) throws IOException {
        long absolute = Math.abs(cents);
        if (cents < 0) {
            out.write('-');
        }
        out.write(Long.toString(absolute / 100));
        out.write(absolute % 100 < 10 ? ".0" : ".");
        out.write(Long.toString(absolute % 100));
    }
}
