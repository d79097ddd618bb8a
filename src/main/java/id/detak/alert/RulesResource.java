package id.detak.alert;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.alert.rule.Rule;
import id.detak.http.AnswerLimit;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.Channels;
import id.detak.notify.Outbox;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Until;
import id.detak.platform.language.Language;
import id.detak.series.history.TimeRange;
import jakarta.annotation.security.RolesAllowed;
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
import java.net.URI;
import java.time.Clock;
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

    private final Rules rules;
    private final RuleEditor editor;
    private final RuleViews views;
    private final AlertViews alerts;
    private final Backtest backtest;
    private final AnswerLimit answerLimit;
    private final RulePresets presets;
    private final Indicators indicators;
    private final Channels channels;
    private final Outbox outbox;
    private final Clock clock;

    RulesResource(
            Rules rules,
            RuleEditor editor,
            RuleViews views,
            AlertViews alerts,
            Backtest backtest,
            AnswerLimit answerLimit,
            RulePresets presets,
            Indicators indicators,
            Channels channels,
            Outbox outbox,
            Clock clock) {
        this.rules = rules;
        this.editor = editor;
        this.views = views;
        this.alerts = alerts;
        this.backtest = backtest;
        this.answerLimit = answerLimit;
        this.presets = presets;
        this.indicators = indicators;
        this.channels = channels;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Schema(name = "RuleList")
    public record Items(List<RuleViews.Item> items) {}

    @Schema(name = "StepList")
    public record StepItems(List<AlertViews.Step> items) {}

    @Schema(name = "PresetList")
    public record PresetItems(List<Rule> items) {}

    @GET
    @Operation(summary = "List the rules with their states")
    @APIResponse(
            responseCode = "200",
            description = "The oldest first",
            content = @Content(schema = @Schema(implementation = Items.class)))
    public Items list() {
        return new Items(views.all());
    }

    @GET
    @Path("/presets")
    @Operation(summary = "List presets: useful rules to start from")
    @APIResponse(
            responseCode = "200",
            description = "Without ids: send one to POST /api/v1/rules",
            content = @Content(schema = @Schema(implementation = PresetItems.class)))
    public PresetItems presets(
            @Parameter(description = "language of the names: en or id") @QueryParam("lang") @DefaultValue("en")
                    String lang) {
        Language language = Language.find(lang).orElseThrow(() -> Problems.badRequest("lang must be en or id."));
        return new PresetItems(presets.all(language));
    }

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @Operation(summary = "Get a rule with its state for each indicator")
    @APIResponse(
            responseCode = "200",
            description = "The rule",
            content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    public RuleViews.Item get(@PathParam("id") UUID id) {
        return views.find(id).orElseThrow(RulesResource::notFound);
    }

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}/steps")
    @Operation(
            summary = "List the state transitions of a rule with what caused them",
            description = "Includes transitions that led to no alert: a confirmation that lapsed, a time without data.")
    @APIResponse(
            responseCode = "200",
            description = "The newest first",
            content = @Content(schema = @Schema(implementation = StepItems.class)))
    public StepItems steps(
            @PathParam("id") UUID id,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        requireRule(id);
        return new StepItems(alerts.stepsOfRule(id, Parameters.limit(limit)));
    }

    @POST
    @Audited("rule.create")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Create a rule", description = "It is evaluated from the next observation on.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    public Response create(Rule body) {
        UUID id = editor.create(resolved(body));
        return Response.created(URI.create("/api/v1/rules/" + id))
                .entity(get(id))
                .build();
    }

    @PUT
    @Audited("rule.change")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Update a rule",
            description =
                    "A firing alert continues if the condition stays the same. Otherwise it resolves, and its channels are notified.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(
            responseCode = "200",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    public RuleViews.Item update(@PathParam("id") UUID id, Rule body) {
        requireRule(id);
        if (!editor.update(id, resolved(body))) {
            throw notFound();
        }
        return get(id);
    }

    @DELETE
    @Audited("rule.delete")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Delete a rule",
            description = "Its alerts stay. Firing ones resolve, and their channels are notified.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(@PathParam("id") UUID id) {
        if (!editor.delete(id)) {
            throw notFound();
        }
    }

    @PUT
    @Audited("rule.snooze")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}/snooze")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Snooze a rule: hold its messages back until a time; alerts continue")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Until.class)))
    @APIResponse(
            responseCode = "200",
            description = "The rule",
            content = @Content(schema = @Schema(implementation = RuleViews.Item.class)))
    @APIResponse(responseCode = "400", description = "until is not a time in the next year")
    public RuleViews.Item snooze(@PathParam("id") UUID id, Until body) {
        requireRule(id);
        outbox.snooze(id, body.after(clock.instant()));
        return get(id);
    }

    @DELETE
    @Audited("rule.end-snooze")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}/snooze")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "End the snooze of a rule")
    @APIResponse(responseCode = "204", description = "Waiting messages are sent")
    public void endSnooze(@PathParam("id") UUID id) {
        requireRule(id);
        outbox.snooze(id, null);
    }

    @POST
    @Path("/backtest")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Backtest: when would this rule have fired?",
            description =
                    "Runs the rule over the stored observations by the code that evaluates it live. Nothing is stored or sent.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Rule.class)))
    @APIResponse(
            responseCode = "200",
            description = "Firings, oldest first",
            content = @Content(schema = @Schema(implementation = Backtest.Report.class)))
    public Backtest.Report backtest(
            @Parameter(
                            description =
                                    "Date, instant with offset, or duration back from now; earlier observations fill the windows",
                            example = "P1Y")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "The same; a date includes that day") @QueryParam("to") String to,
            Backtest.Candidate body) {
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        Rule rule = resolved(body.rule());
        return answerLimit.within(AnswerLimit.LARGE, () -> backtest.run(rule, range));
    }

    /** Resolves the codes to those of indicators and checks that the channels exist. */
    private Rule resolved(Rule rule) {
        List<UUID> missing = rule.channels().stream()
                .filter(id -> channels.find(id).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw Problems.badRequest("There is no channel " + missing.get(0) + ": GET /api/v1/channels lists them.");
        }
        return rule.isForAll()
                ? rule
                : rule.withCodes(rule.codes().stream()
                        .map(
                                code -> indicators
                                        .find(code)
                                        .map(Indicator::code)
                                        .orElseThrow(
                                                () -> Problems.badRequest(
                                                        "One of the codes is not an indicator. GET /api/v1/indicators lists them; \"*\" means all.")))
                        .distinct()
                        .toList());
    }

    private void requireRule(UUID id) {
        if (rules.find(id).isEmpty()) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Problems.notFound("There is no such rule. GET /api/v1/rules lists them.");
    }
}
