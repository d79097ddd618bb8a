package id.detak.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.access.Roles;
import id.detak.alert.Rules.Stored;
import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.Rule;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.notify.Channels;
import id.detak.notify.Outbox;
import id.detak.platform.JsonBody;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.series.history.TimeRange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class RulesResource {

    private static final List<String> ANSWERED_ONLY = List.of("id", "createdAt", "snoozedUntil", "states");

    private final Rules rules;
    private final RuleEditor book;
    private final RuleViews views;
    private final AlertViews alerts;
    private final Backtest backtest;
    private final RulePresets presets;
    private final Indicators indicators;
    private final Channels channels;
    private final Outbox outbox;
    private final JsonBody json;
    private final Clock clock;

    RulesResource(Rules rules, RuleEditor book, RuleViews views, AlertViews alerts, Backtest backtest, RulePresets presets, Indicators indicators, Channels channels, Outbox outbox, JsonBody json,
            Clock clock) {
        this.rules = rules;
        this.book = book;
        this.views = views;
        this.alerts = alerts;
        this.backtest = backtest;
        this.presets = presets;
        this.indicators = indicators;
        this.channels = channels;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    @Schema(name = "RuleList")
    public record Items(List<RuleViews.Item> items) {
    }

    @Schema(name = "StepList")
    public record StepItems(List<AlertViews.Step> items) {
    }

    @Schema(name = "PresetList")
    public record PresetItems(List<Rule> items) {
    }

    public record Snooze(OffsetDateTime until) {
    }

    @GET
    @Operation(summary = "All rules, and where each stands")
    @APIResponse(responseCode = "200", description = "Oldest first", content = @Content(schema = @Schema(implementation = Items.class)))
    public Items list() {
        return new Items(views.all());
    }

    @GET
    @Path("/presets")
    @Operation(summary = "Rules that others found useful, to start from")
    @APIResponse(responseCode = "200", description = "Without ids: send one to POST /api/v1/rules", content = @Content(schema = @Schema(implementation = PresetItems.class)))
    public PresetItems presets() {
        return new PresetItems(presets.all());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One rule, and where it stands with each indicator")
    @APIResponse(responseCode = "200", description = "The rule", content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    @APIResponse(responseCode = "404", description = "No such rule")
    public RuleViews.Item get(@PathParam("id") String id) {
        return Parameters.id(id).flatMap(views::find).orElseThrow(RulesResource::notFound);
    }

    @GET
    @Path("/{id}/steps")
    @Operation(summary = "Each step of the rule from one state to another, with what decided it", description = "Those that led to no alert too: a confirmation that lapsed, a time without data.")
    @APIResponse(responseCode = "200", description = "The newest first", content = @Content(schema = @Schema(implementation = StepItems.class)))
    @APIResponse(responseCode = "400", description = "limit cannot be read")
    @APIResponse(responseCode = "404", description = "No such rule")
    public StepItems steps(@PathParam("id") String id, @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        return new StepItems(alerts.stepsOfRule(find(id).id(), Parameters.limit(limit)));
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "A new rule", description = "It is held against each observation from the next on.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(responseCode = "201", description = "Stored", content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with it")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    public Response create(byte[] body) {
        UUID id = book.create(rule(json.object(body)));
        return Response.created(URI.create("/api/v1/rules/" + id)).entity(get(id.toString())).build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "The rule is another now", description = "An alert under way goes on where what the rule looks at is the same; else it ends, and who was told of it is told so.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(responseCode = "200", description = "Stored", content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with it")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such rule")
    public RuleViews.Item change(@PathParam("id") String id, byte[] body) {
        Stored stored = find(id);
        if (!book.change(stored.id(), rule(json.object(body)))) {
            throw notFound();
        }
        return get(id);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "No such rule any more", description = "Its alerts stay; those under way end, and who was told of them is told so.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such rule")
    public void delete(@PathParam("id") String id) {
        if (!book.delete(find(id).id())) {
            throw notFound();
        }
    }

    @PUT
    @Path("/{id}/snooze")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Its messages wait until then; alerts go on")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Snooze.class)))
    @APIResponse(responseCode = "200", description = "The rule", content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    @APIResponse(responseCode = "400", description = "until is no instant in the future, or more than a year away")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such rule")
    public RuleViews.Item snooze(@PathParam("id") String id, byte[] body) {
        Stored stored = find(id);
        OffsetDateTime until = json.read(json.object(body), Snooze.class).until();
        Instant now = clock.instant();
        if (until == null || !until.toInstant().isAfter(now) || until.toInstant().isAfter(now.plus(Duration.ofDays(366)))) {
            throw Problems.badRequest("until is an instant with offset, later than now and within a year: {\"until\":\"2026-11-26T07:00:00+07:00\"}.");
        }
        outbox.snooze(stored.id(), until.toInstant());
        return get(id);
    }

    @DELETE
    @Path("/{id}/snooze")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Its messages wait no more")
    @APIResponse(responseCode = "204", description = "What waited goes out")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such rule")
    public void wakeUp(@PathParam("id") String id) {
        outbox.snooze(find(id).id(), null);
    }

    @POST
    @Path("/backtest")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "When a rule would have fired", description = "Runs it over what is stored, by the code that watches live. Nothing is stored, nobody is told.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(responseCode = "200", description = "Firings, oldest first", content = @Content(schema = @Schema(implementation = Backtest.Report.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with it")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    public Backtest.Report backtest(@Parameter(description = "Date, instant with offset, or duration back from now; what is stored before fills the windows", example = "P1Y") @QueryParam("from") String from,
            @Parameter(description = "The same; a date includes that day") @QueryParam("to") String to, byte[] body) {
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        ObjectNode object = json.object(body);
        if (!object.hasNonNull("name")) {
            object.put("name", "backtest");
        }
        return backtest.run(rule(object), range);
    }

    /** With codes as they are written, and channels that exist. */
    private Rule rule(ObjectNode object) {
        Rule rule = json.read(JsonBody.without(object, ANSWERED_ONLY), Rule.class);
        List<UUID> missing = rule.channels().stream().filter(id -> channels.find(id).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw Problems.badRequest("There is no channel " + missing.get(0) + ": GET /api/v1/channels lists them.");
        }
        return rule.isForAll() ? rule : rule.withCodes(rule.codes().stream().map(code -> indicators.find(code).map(Indicator::code).orElseThrow(
                () -> Problems.badRequest("One of the codes is no indicator. GET /api/v1/indicators lists them; \"*\" means all."))).distinct().toList());
    }

    private Stored find(String id) {
        return Parameters.id(id).flatMap(rules::find).orElseThrow(RulesResource::notFound);
    }

    private static RuntimeException notFound() {
        return Problems.notFound("There is no such rule. GET /api/v1/rules lists them.");
    }
}
