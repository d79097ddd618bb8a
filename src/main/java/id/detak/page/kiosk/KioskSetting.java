package id.detak.page.kiosk;

import java.util.Arrays;
import java.util.List;

/**
 * How an address sets up a wall screen. Nobody stands there to read what is wrong with it, so nonsense is passed over.
 *
 * @param codes which indicators, in their order; empty: all
 * @param every seconds for each
 */
record KioskSetting(List<String> codes, int every) {

    private static final int USUAL = 10;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 3600;

    static KioskSetting of(String codes, String every) {
        return new KioskSetting(codes == null ? List.of() : Arrays.stream(codes.split(",")).map(String::strip).filter(code -> !code.isEmpty()).distinct().toList(), seconds(every));
    }

    private static int seconds(String every) {
        try {
            int seconds = every == null ? USUAL : Integer.parseInt(every.strip());
            return seconds < SHORTEST || seconds > LONGEST ? USUAL : seconds;
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
