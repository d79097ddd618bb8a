package id.detak.page.shared;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * An indicator's newest quote as a reader sees it.
 *
 * @param level whether it has one; a fund is shown by its return index
 * @param decimals of its value; null: as printed
 * @param direction by the values, never by a currency pair's printed sign
 * @param seenAt {@code observedAt} in the reader's language
 * @param otherDay the day that the numbers belong to, where that is not the day they were seen on, or null
 * @param captureId null where the numbers came from a file
 * @param origin where they came from
 * @param marketOpen by the calendar of its kind
 * @param marketChangesAt when that opens or closes next; null where it never does
 */
public record QuoteCard(String code, String address, String name, boolean level, Integer decimals, boolean discovered, String value, String change, String percent, Direction direction, Sparkline sparkline,
        Instant observedAt, LocalDate tradingDay, String seenAt, String age, String otherDay, UUID captureId, Origin origin, boolean suspect, boolean movedWhileClosed, boolean stale,
        boolean marketOpen, String marketChangesAt) {

    /**
     * @param source null where the numbers came from a file
     * @param state {@code good} or {@code bad}: what came of the last attempt; {@code none} where the source is not polled
     */
    public record Origin(String source, String state) {

        public static final Origin FILE = new Origin(null, "none");
    }

    /** As it stands in addresses or in the strip, in any case of its letters. */
    public boolean isCalled(String name) {
        return address.equalsIgnoreCase(name) || code.equalsIgnoreCase(name);
    }

    /** Discovered labels may hold & and +, which mean something in an address. */
    public String addressInQuery() {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    public String addressInPath() {
        return inPath(address);
    }

    public static String inPath(String address) {
        return URLEncoder.encode(address, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public String arrow() {
        return direction.arrow();
    }
}
