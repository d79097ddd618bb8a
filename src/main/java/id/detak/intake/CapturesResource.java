package id.detak.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.capture.fetch.PageDecoder;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Wib;
import id.detak.series.LatestQuotes;
import id.detak.series.Observations;
import id.detak.series.OtherSources;
import id.detak.series.Recorder.Result;
import id.detak.series.history.ObservationList;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/captures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "captures")
public class CapturesResource {

    static final int MAX_BYTES = 5 * 1024 * 1024;

    private final Captures captures;
    private final Intake intake;
    private final LatestQuotes latest;
    private final Observations observations;
    private final ObservationList observationList;
    private final OtherSources otherSources;
    private final Clock clock;

    CapturesResource(
            Captures captures,
            Intake intake,
            LatestQuotes latest,
            Observations observations,
            ObservationList observationList,
            OtherSources otherSources,
            Clock clock) {
        this.captures = captures;
        this.intake = intake;
        this.latest = latest;
        this.observations = observations;
        this.observationList = observationList;
        this.otherSources = otherSources;
        this.clock = clock;
    }

    /**
     * The origin of observations.
     *
     * @param serverDate the {@code Date} header of the response
     * @param clockDifferenceSeconds the server's clock minus ours, if they differ by more than a minute
     * @param strip the raw strip as text
     * @param stripClock the time (WIB) that the strip itself shows, or null
     * @param unknown pieces of the strip that the parser did not understand
     * @param quotes the observations that this capture brought
     * @param superseded observations that this capture brought and that no longer count
     * @param conflicts numbers that differ from the observation stored first for the same instant
     */
    @Schema(name = "Capture")
    public record Item(
            UUID id,
            String source,
            Via via,
            String url,
            OffsetDateTime observedAt,
            OffsetDateTime serverDate,
            Long clockDifferenceSeconds,
            FetchOutcome outcome,
            Integer httpStatus,
            String reason,
            String strip,
            String stripClock,
            List<String> unknown,
            boolean pageKept,
            List<LatestQuotes.Item> quotes,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ObservationList.Former> superseded,

            @Schema(description = "quotes of indicators that another source leads; absent if there are none")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<OtherSources.Item> otherSource,

            List<Observations.Conflict> conflicts) {}

    /** The result for a posted page: how many quotes were new, the same as stored, or in conflict with stored ones. */
    @Schema(name = "Receipt")
    public record Receipt(
            UUID id,
            OffsetDateTime observedAt,
            long read,
            long created,
            long same,
            long conflicting,
            List<String> unknown,
            List<LatestQuotes.Item> quotes) {}

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @Transactional
    @Operation(summary = "Where a number came from: url, time, raw strip")
    @APIResponse(
            responseCode = "200",
            description = "The capture",
            content = @Content(schema = @Schema(implementation = Item.class)))
    public Item capture(@PathParam("id") UUID id) {
        Capture capture = find(id);
        return new Item(
                capture.id(),
                capture.source(),
                capture.via(),
                capture.url(),
                Wib.local(capture.observedAt()),
                Wib.local(capture.serverDate()),
                capture.clockDifference().map(Duration::toSeconds).orElse(null),
                capture.outcome(),
                capture.httpStatus(),
                capture.reason(),
                capture.strip(),
                capture.stripClock(),
                capture.unknown(),
                captures.hasPage(capture),
                latest.of(capture.id(), capture.observedAt()),
                observationList.superseded(capture.id(), capture.observedAt()),
                otherSources.of(capture.id(), capture.observedAt()),
                observations.conflictsOf(capture.id()));
    }

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}/page")
    @Produces(MediaType.TEXT_PLAIN)
    @Transactional
    @Operation(summary = "The page as text, if it had no strip or its strip was worse than those before")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(
            responseCode = "404",
            description = "No such capture, or its page was not kept because its strip was complete")
    public String page(@PathParam("id") UUID id) {
        return captures.page(find(id))
                .orElseThrow(
                        () -> Problems.notFound(
                                "This capture keeps no page. Only pages without a strip, or with a strip worse than those before, are kept whole."));
    }

    @POST
    @Audited("capture.post")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Post a page (text or HTML)",
            description = "State when the page was fetched: the date of an article is not the strip's time.")
    @SecurityRequirement(name = "admin")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "201",
            description = "The page was stored",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "400", description = "No body, or observedAt is missing, invalid or in the future")
    @APIResponse(responseCode = "413", description = "More than 5 MB")
    @APIResponse(
            responseCode = "422",
            description = "No strip was found in the page. The page is kept; captureId identifies it")
    public Response post(
            @Parameter(required = true, example = "2026-11-25T09:30:00+07:00") @QueryParam("observedAt")
                    String observedAt,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            byte[] body) {
        Instant at = ObservationTime.parse("observedAt", observedAt, clock.instant());
        if (body == null || body.length == 0) {
            throw Problems.badRequest("The body is empty: send the page as text or HTML.");
        }
        if (body.length > MAX_BYTES) {
            throw Problems.of(413, "Content Too Large", "The page is larger than 5 MB.");
        }
        IntakeResult result = intake.take(new Arrival(
                "post:api", Via.POST, null, at, null, null, new Arrival.Page(PageDecoder.decode(body, contentType))));
        Capture capture = result.capture();
        if (!result.broughtStrip()) {
            throw HttpProblem.builder(Problems.of(
                            422, "Unprocessable Content", capture.reason() + " The page is kept as a capture."))
                    .with("captureId", capture.id())
                    .build();
        }
        Receipt receipt = new Receipt(
                capture.id(),
                Wib.local(capture.observedAt()),
                result.recorded().size(),
                result.count(Result.NEW),
                result.count(Result.SAME),
                result.count(Result.CONFLICTING),
                capture.unknown(),
                latest.of(capture.id(), capture.observedAt()));
        return Response.created(URI.create("/api/v1/captures/" + capture.id()))
                .entity(receipt)
                .build();
    }

    private Capture find(UUID id) {
        return captures.findByIdOptional(id)
                .orElseThrow(() -> Problems.notFound(
                        "There is no such capture. The field captureId of a quote contains a valid id."));
    }
}
