package id.detak.alert.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What rules look at: one observation that can be believed.
 *
 * @param level the value; of a fund its return index; null where there is none
 * @param dayPercent the day's change in percent, or null where nothing tells
 * @param previousClose what the day's change is against, or null
 * @param captureId where it came from, or null
 */
public record Sample(Instant at, LocalDate tradingDay, BigDecimal level, BigDecimal dayPercent, BigDecimal previousClose, UUID captureId) {
}
