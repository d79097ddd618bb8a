package id.detak.page.shared;

import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name and link of an indicator on pages.
 *
 * @param address the code in URLs
 * @param name in the reader's language
 * @param kind its group in lists
 * @param level whether it has a level; a fund is shown by its return index
 * @param decimals decimals of its values; null for as many as printed
 * @param discovered whether it was found in a strip and is not in {@code indicators.csv}
 */
public record IndicatorLabel(
        String code, String address, String name, Kind kind, boolean level, Integer decimals, boolean discovered) {

    public static IndicatorLabel of(Indicator indicator, Locale locale) {
        return new IndicatorLabel(
                indicator.code(),
                indicator.address(),
                indicator.name(locale),
                indicator.kind(),
                indicator.hasLevel(),
                indicator.decimals(),
                indicator.isDiscovered());
    }

    /** Whether a text is the code or the address, in any case. */
    public boolean matches(String name) {
        return address.equalsIgnoreCase(name) || code.equalsIgnoreCase(name);
    }

    /** The address encoded for a query. Discovered labels may contain &amp; and +, which have a meaning in a URL. */
    public String addressInQuery() {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    public String addressInPath() {
        return addressInQuery().replace("+", "%20");
    }
}
