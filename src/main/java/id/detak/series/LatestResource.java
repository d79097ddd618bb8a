package id.detak.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.access.Roles;
import id.detak.capture.Captures;
import id.detak.indicator.Indicators;
import id.detak.indicator.Kind;
import id.detak.platform.Wib;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class LatestResource {

    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    private final Indicators indicators;
    private final LatestQuotes latest;
    private final Captures captures;

    LatestResource(Indicators indicators, LatestQuotes latest, Captures captures) {
        this.indicators = indicators;
        this.latest = latest;
        this.captures = captures;
    }

    /** @param lastGoodPollAt when a poll last brought quotes, or null; shows whether polling works at all */
    @Schema(name = "LatestQuotes")
    public record Quotes(List<LatestQuotes.Item> items, OffsetDateTime lastGoodPollAt) {}

    @Schema(name = "Indicators")
    public record IndicatorList(List<IndicatorItem> items) {}

    /**
     * An indicator.
     *
     * @param address the code in URLs
     * @param decimals number of decimals of its value; null: as printed
     * @param discovered whether it was created for an unknown label
     * @param latest its newest quote, or null
     */
    @Schema(name = "Indicator")
    public record IndicatorItem(
            String code,
            String address,
            Name name,
            Kind kind,
            String unit,
            Integer decimals,
            boolean discovered,
            @JsonInclude LatestQuotes.Item latest) {}

    /** In Indonesian and in English. */
    @Schema(name = "IndicatorName")
    public record Name(String id, String en) {}

    @GET
    @Path("/latest")
    @Transactional
    @Operation(summary = "The latest quote of all indicators")
    public Quotes latest() {
        return new Quotes(latest.all(), Wib.local(captures.lastGoodPoll().orElse(null)));
    }

    @GET
    @Path("/indicators")
    @Transactional
    @Operation(summary = "The indicators, each with its latest quote")
    public IndicatorList indicators() {
        Map<String, LatestQuotes.Item> byCode =
                latest.all().stream().collect(Collectors.toMap(LatestQuotes.Item::code, Function.identity()));
        return new IndicatorList(indicators.all().stream()
                .map(i -> new IndicatorItem(
                        i.code(),
                        i.address(),
                        new Name(i.name(INDONESIAN), i.name(Locale.ENGLISH)),
                        i.kind(),
                        i.unit(),
                        i.decimals(),
                        i.isDiscovered(),
                        byCode.get(i.code())))
                .toList());
    }
}
