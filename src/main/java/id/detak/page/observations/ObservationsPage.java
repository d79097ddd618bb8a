package id.detak.page.observations;

import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.SupersededNote;
import id.detak.page.shared.Visitor;
import id.detak.series.SeriesVersions;
import id.detak.series.SupersededObservation.Cause;
import id.detak.series.history.ObservationList;
import id.detak.series.history.ObservationList.Item;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The observations of an indicator, with links to their captures. */
@RolesAllowed(Roles.READER)
@Path("/observations/{code}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ObservationsPage {

    private static final int PAGE_SIZE = 200;

    private final PageRenderer pages;
    private final Indicators indicators;
    private final ObservationList observations;
    private final SeriesVersions versions;

    ObservationsPage(PageRenderer pages, Indicators indicators, ObservationList observations, SeriesVersions versions) {
        this.pages = pages;
        this.indicators = indicators;
        this.observations = observations;
        this.versions = versions;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance observations(PageFrame frame, View view);
    }

    /**
     * @param indicator null if there is no such indicator
     * @param from encoded for a URL, or null
     * @param prunedBefore the day before which only bars are kept; only on the last page, else null
     * @param older the end of the next page as an instant; null on the last page
     */
    record View(IndicatorLabel indicator, String from, List<Row> rows, String prunedBefore, String older) {}

    /**
     * @param at the time for URLs
     * @param shown the number for use in a sentence
     * @param captureId null for values imported from a file
     * @param importId the import of that file, or null
     * @param superseded null if the observation is current
     */
    record Row(
            Instant at,
            String seenAt,
            String tradingDay,
            String value,
            String change,
            String percent,
            String shown,
            String quality,
            String reason,
            UUID captureId,
            Integer importId,
            SupersededNote superseded,
            boolean canBeVoided) {

        /** The id before which a page of imports begins with that of this row. */
        public int importsBefore() {
            return importId + 1;
        }

        public boolean canBeTakenBack() {
            return superseded != null && superseded.cause() == Cause.VOID;
        }
    }

    @GET
    @Operation(hidden = true)
    public Response observations(
            @PathParam("code") String code,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        View view = indicators
                .find(code)
                .map(indicator -> view(visitor, indicator, from, to))
                .orElse(new View(null, null, List.of(), null, null));
        return pages.html(
                Templates.observations(pages.frame("", visitor), view), visitor, view.indicator() == null ? 404 : 200);
    }

    private View view(Visitor visitor, Indicator indicator, String from, String to) {
        List<Item> items = observations.of(indicator, from, to, PAGE_SIZE);
        String older = items.size() < PAGE_SIZE
                ? null
                : items.get(PAGE_SIZE - 1)
                        .observedAt()
                        .toInstant()
                        .minus(1, ChronoUnit.MICROS)
                        .toString();
        return new View(
                IndicatorLabel.of(indicator, visitor.locale()),
                from == null ? null : URLEncoder.encode(from, StandardCharsets.UTF_8),
                items.stream().map(item -> row(visitor, indicator, item)).toList(),
                older == null
                        ? versions.prunedBefore(indicator.id())
                                .map(visitor.formats()::day)
                                .orElse(null)
                        : null,
                older);
    }

    private static Row row(Visitor visitor, Indicator indicator, Item item) {
        Formats formats = visitor.formats();
        return new Row(
                item.observedAt().toInstant(),
                formats.time(item.observedAt().toInstant()),
                formats.day(item.tradingDay()),
                formats.number(item.value(), indicator.decimals()),
                formats.signed(item.change()),
                formats.percent(item.changePercent()),
                formats.measured(item.value(), item.changePercent(), indicator),
                item.quality(),
                item.reason(),
                item.captureId(),
                item.importId(),
                item.superseded() == null ? null : SupersededNote.of(visitor, item.superseded()),
                item.canBeVoided());
    }
}
