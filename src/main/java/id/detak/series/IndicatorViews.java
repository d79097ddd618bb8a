package id.detak.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.Kind;
import id.detak.indicator.KnownIndicators;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Indicators as the API and the page show them. */
@ApplicationScoped
public class IndicatorViews {

    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    private final Indicators indicators;
    private final LatestQuotes latest;

    IndicatorViews(Indicators indicators, LatestQuotes latest) {
        this.indicators = indicators;
        this.latest = latest;
    }

    /**
     * An indicator with its latest quote.
     *
     * @param address the code in URLs
     * @param decimals number of decimals of its value; null: as printed
     * @param discovered whether it was created for an unknown label
     * @param hidden whether lists leave it out
     * @param labels its other labels: those in indicators.csv, its former codes, and codes of indicators merged into it
     * @param source the source whose polls make its series, or null
     * @param latest its newest quote, or null
     */
    @Schema(name = "Indicator")
    public record Item(
            String code,
            String address,
            Name name,
            Kind kind,
            String unit,
            Integer decimals,
            boolean discovered,
            boolean hidden,
            List<String> labels,
            String source,
            @JsonInclude LatestQuotes.Item latest) {}

    /** The name in Indonesian and in English. */
    @Schema(name = "IndicatorName")
    public record Name(String id, String en) {}

    /** All indicators, oldest first. */
    @Transactional
    public List<Item> all() {
        Map<String, LatestQuotes.Item> byCode =
                latest.withHidden().stream().collect(Collectors.toMap(LatestQuotes.Item::code, Function.identity()));
        KnownIndicators known = indicators.known();
        return known.all().stream()
                .map(indicator -> item(indicator, known, byCode.get(indicator.code())))
                .toList();
    }

    /** @throws id.detak.platform.RejectedException if there is no such indicator */
    @Transactional
    public Item get(String code) {
        String found = indicators.get(code).code();
        return all().stream()
                .filter(item -> item.code().equals(found))
                .findFirst()
                .orElseThrow();
    }

    private static Item item(Indicator i, KnownIndicators known, LatestQuotes.Item latest) {
        return new Item(
                i.code(),
                i.address(),
                new Name(i.name(INDONESIAN), i.name(Locale.ENGLISH)),
                i.kind(),
                i.unit(),
                i.decimals(),
                i.isDiscovered(),
                i.isHidden(),
                known.labelsOf(i),
                i.source(),
                latest);
    }
}
