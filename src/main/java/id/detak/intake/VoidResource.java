package id.detak.intake;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.indicator.Indicators;
import id.detak.platform.Problems;
import id.detak.series.history.ObservationList;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/indicators/{code}/observations/{observedAt}/void")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
@RolesAllowed(Roles.ADMIN)
public class VoidResource {

    private final Indicators indicators;
    private final VoidService voidService;
    private final SecurityIdentity identity;

    VoidResource(Indicators indicators, VoidService voidService, SecurityIdentity identity) {
        this.indicators = indicators;
        this.voidService = voidService;
        this.identity = identity;
    }

    /**
     * The body of a request to void an observation.
     *
     * @param reason a sentence of at most 200 characters, shown beside the number
     */
    @Schema(name = "Void")
    public record Reason(
            @NotBlank(message = INVALID) @Pattern(regexp = "\\s*\\P{Cc}{0,200}\\s*", message = INVALID)
            String reason) {

        private static final String INVALID =
                "reason is missing, longer than 200 characters or not one line: say in one sentence what is wrong with the number.";
    }

    @PUT
    @Audited("observation.void")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Void a number that is wrong at the source",
            description =
                    "The observation stays readable with the reason, but latest, bars, changes and rules ignore it. "
                            + "Alerts that fired on it are resolved. Polling or importing the same number again does not restore it; a different number may take its place.")
    @SecurityRequirement(name = "admin")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "The voided observation; if it was voided before, with the first reason and user",
            content = @Content(schema = @Schema(implementation = ObservationList.Item.class)))
    @APIResponse(responseCode = "400", description = "No reason, or observedAt is invalid")
    @APIResponse(responseCode = "404", description = "No such indicator, or no observation at that time")
    @APIResponse(responseCode = "409", description = "An implied close: void the observation that implies it")
    public ObservationList.Item put(
            @PathParam("code") String code,
            @Parameter(example = "2026-11-25T09:30:00+07:00") @PathParam("observedAt") String observedAt,
            @Valid Reason body) {
        return ObservationList.item(voidService.voidAt(
                indicators.get(code),
                instant(observedAt),
                body.reason().strip(),
                identity.getPrincipal().getName()));
    }

    @DELETE
    @Audited("observation.restore")
    @Operation(
            summary = "Undo a void",
            description = "The observation counts again everywhere. Rules do not notify about it.")
    @SecurityRequirement(name = "admin")
    @APIResponse(
            responseCode = "200",
            description = "The restored observation",
            content = @Content(schema = @Schema(implementation = ObservationList.Item.class)))
    @APIResponse(responseCode = "400", description = "observedAt is invalid")
    @APIResponse(responseCode = "404", description = "No such indicator, or no voided observation at that time")
    @APIResponse(responseCode = "409", description = "Another number has taken its place")
    public ObservationList.Item delete(
            @PathParam("code") String code,
            @Parameter(example = "2026-11-25T09:30:00+07:00") @PathParam("observedAt") String observedAt) {
        return ObservationList.item(voidService.takeBack(indicators.get(code), instant(observedAt)));
    }

    private static Instant instant(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            if (at.getYear() > 0 && at.getYear() < 9999) {
                return at.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw Problems.badRequest(
                "observedAt must be the date and time of the observation with offset, as in the list of observations, such as 2026-11-25T09:30:00+07:00.");
    }
}
