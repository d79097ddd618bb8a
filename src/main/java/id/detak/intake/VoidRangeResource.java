package id.detak.intake;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.VoidResource.Reason;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.series.history.ObservationList;
import id.detak.series.history.ObservationList.Span;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/indicators/{code}/observations/void")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
@RolesAllowed(Roles.ADMIN)
public class VoidRangeResource {

    private final Indicators indicators;
    private final VoidService voidService;
    private final ObservationList observations;
    private final SecurityIdentity identity;

    VoidRangeResource(
            Indicators indicators, VoidService voidService, ObservationList observations, SecurityIdentity identity) {
        this.indicators = indicators;
        this.voidService = voidService;
        this.observations = observations;
        this.identity = identity;
    }

    /**
     * What was voided or restored.
     *
     * @param observations number of observations
     * @param first the time of the first one
     * @param last the time of the last one
     */
    @Schema(name = "VoidedRange")
    public record Changed(int observations, OffsetDateTime first, OffsetDateTime last) {

        static Changed of(List<Instant> instants) {
            return new Changed(
                    instants.size(), Wib.local(instants.get(0)), Wib.local(instants.get(instants.size() - 1)));
        }
    }

    @PUT
    @Audited("observations.void")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Void all numbers of a range",
            description = "As for a single number. Both ends are included; a date is that trading day.")
    @SecurityRequirement(name = "admin")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was voided",
            content = @Content(schema = @Schema(implementation = Changed.class)))
    @APIResponse(
            responseCode = "400",
            description = "No reason, an end is missing or invalid, or the range is too long")
    @APIResponse(responseCode = "404", description = "No such indicator, or no observation in that range")
    @APIResponse(responseCode = "409", description = "The bars of that time are final")
    public Changed put(
            @PathParam("code") String code,
            @Parameter(example = "2026-11-02") @QueryParam("from") String from,
            @Parameter(example = "2026-11-06") @QueryParam("to") String to,
            @Valid Reason body) {
        Indicator indicator = indicators.get(code);
        Span span = span(indicator, from, to);
        return Changed.of(voidService.voidBetween(
                indicator,
                span.begin(),
                span.end(),
                body.reason().strip(),
                identity.getPrincipal().getName()));
    }

    @DELETE
    @Audited("observations.restore")
    @Operation(
            summary = "Undo the voids of a range",
            description = "All voided numbers of the range count again, except where other numbers took their place.")
    @SecurityRequirement(name = "admin")
    @APIResponse(
            responseCode = "200",
            description = "What was restored",
            content = @Content(schema = @Schema(implementation = Changed.class)))
    @APIResponse(responseCode = "400", description = "An end is missing or invalid, or the range is too long")
    @APIResponse(responseCode = "404", description = "No such indicator, or nothing voided in that range")
    @APIResponse(responseCode = "409", description = "The bars of that time are final")
    public Changed delete(
            @PathParam("code") String code,
            @Parameter(example = "2026-11-02") @QueryParam("from") String from,
            @Parameter(example = "2026-11-06") @QueryParam("to") String to) {
        Indicator indicator = indicators.get(code);
        Span span = span(indicator, from, to);
        return Changed.of(voidService.takeBackBetween(indicator, span.begin(), span.end()));
    }

    private Span span(Indicator indicator, String from, String to) {
        if (from == null || from.isBlank() || to == null || to.isBlank()) {
            throw RejectedException.invalid("from and to are both required, such as from=2026-11-02&to=2026-11-06.");
        }
        return observations.span(indicator, from, to);
    }
}
