package id.detak.alert;

import id.detak.access.Roles;
import id.detak.alert.rule.AlertState;
import id.detak.indicator.Indicators;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Word;
import id.detak.platform.language.Language;
import id.detak.series.history.TimeRange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class AlertsResource {

    private static final int FEED_SIZE = 50;
    private static final String LANG = "language of the texts: en or id";

    private final AlertViews alerts;
    private final AlertFeed feed;
    private final Indicators indicators;
    private final Clock clock;

    AlertsResource(AlertViews alerts, AlertFeed feed, Indicators indicators, Clock clock) {
        this.clock = clock;
        this.alerts = alerts;
        this.feed = feed;
        this.indicators = indicators;
    }

    @Schema(name = "AlertList")
    public record Items(List<AlertViews.Item> items) {}

    @GET
    @Transactional
    @Operation(summary = "List alerts, firing and resolved")
    @APIResponse(
            responseCode = "200",
            description = "The newest first",
            content = @Content(schema = @Schema(implementation = Items.class)))
    @APIResponse(responseCode = "404", description = "No such indicator")
    public Items list(
            @Parameter(description = "firing or resolved") @QueryParam("state") String state,
            @Parameter(description = "code of an indicator", example = "LQ45") @QueryParam("code") String code,
            @Parameter(description = "id of a rule") @QueryParam("rule") String rule,
            @Parameter(description = "id of the last alert of the previous page") @QueryParam("before") String before,
            @Parameter(description = "fired at or after: date, instant with offset, or duration back from now")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "fired at or before; a date includes that day") @QueryParam("to") String to,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit,
            @Parameter(description = LANG) @QueryParam("lang") @DefaultValue("en") String lang) {
        if (state != null && !state.equals("firing") && !state.equals("resolved")) {
            throw Problems.badRequest("state is firing or resolved.");
        }
        Integer indicator = code == null ? null : indicators.get(code).id();
        UUID ruleId = Parameters.idOrNull("rule", rule);
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        return new Items(alerts.list(
                new AlertFilter(
                        state == null ? null : Word.of(AlertState.class, state),
                        indicator,
                        ruleId,
                        Parameters.idOrNull("before", before),
                        range.from(),
                        range.to()),
                Parameters.limit(limit),
                language(lang)));
    }

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @Operation(summary = "Get an alert with its transitions and deliveries")
    @APIResponse(
            responseCode = "200",
            description = "The alert",
            content = @Content(schema = @Schema(implementation = AlertViews.Story.class)))
    public AlertViews.Story get(
            @PathParam("id") UUID id,
            @Parameter(description = LANG) @QueryParam("lang") @DefaultValue("en") String lang) {
        return alerts.story(id, language(lang))
                .orElseThrow(() -> Problems.notFound("There is no such alert. GET /api/v1/alerts lists them."));
    }

    @GET
    @Path("/feed")
    @Produces("application/atom+xml")
    @Operation(summary = "Get the last fifty alerts as an Atom feed")
    @APIResponse(
            responseCode = "200",
            description = "An entry for each alert, updated when it resolves",
            content = @Content(mediaType = "application/atom+xml", schema = @Schema(implementation = String.class)))
    public String feed(@Parameter(description = LANG) @QueryParam("lang") @DefaultValue("en") String lang) {
        Language language = language(lang);
        return feed.of(alerts.list(AlertFilter.NONE, FEED_SIZE, language), language);
    }

    private static Language language(String lang) {
        return Language.find(lang).orElseThrow(() -> Problems.badRequest("lang must be en or id."));
    }
}
