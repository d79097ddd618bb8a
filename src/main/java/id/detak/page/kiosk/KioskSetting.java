package id.detak.page.kiosk;

import java.util.Arrays;
import java.util.List;

/**
 * The settings of a kiosk from its URL. Invalid values are ignored, since a wall screen is the wrong place for an
 * error.
 *
 * @param codes the indicators, in this order; empty for all
 * @param every seconds per indicator
 */
record KioskSetting(List<String> codes, int every) {

    private static final int DEFAULT = 10;
    private static final int MIN = 2;
    private static final int MAX = 3600;

    static KioskSetting of(String codes, String every) {
        return new KioskSetting(
                codes == null
                        ? List.of()
                        : Arrays.stream(codes.split(","))
                                .map(String::strip)
                                .filter(code -> !code.isEmpty())
                                .distinct()
                                .toList(),
                seconds(every));
    }

    private static int seconds(String every) {
        try {
            int seconds = every == null ? DEFAULT : Integer.parseInt(every.strip());
            return seconds < MIN || seconds > MAX ? DEFAULT : seconds;
        } catch (NumberFormatException e) {
            return DEFAULT;
        }
    }
}
