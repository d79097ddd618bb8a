package id.detak.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The time of the market: Asia/Jakarta (WIB, UTC+7, no daylight saving). */
public final class Wib {

    public static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    private Wib() {
    }

    /** As answers write an instant; null stays null. */
    public static OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(ZONE).toOffsetDateTime();
    }
}
