package id.detak.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.access.Roles;
import id.detak.indicator.Indicators;
import id.detak.platform.JsonBody;
import id.detak.platform.Problems;
import id.detak.series.history.ObservationList;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
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
    private final VoidService voiding;
    private final JsonBody json;
    private final SecurityIdentity identity;

    VoidResource(Indicators indicators, VoidService voiding, JsonBody json, SecurityIdentity identity) {
        this.indicators = indicators;
        this.voiding = voiding;
        this.json = json;
        this.identity = identity;
    }

    /** @param reason shown beside the number; at most 200 characters */
    @Schema(name = "Void")
    public record Reason(String reason) {

        private static final int LONGEST = 200;

        public Reason {
            reason = reason == null ? "" : reason.strip();
            if (reason.isEmpty() || reason.codePointCount(0, reason.length()) > LONGEST || reason.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("reason is missing, longer than " + LONGEST + " characters or not one line: say in a sentence what is wrong with the number.");
            }
        }
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Void a number that is wrong at the source", description = "It stays readable with the reason, and counts no more: latest, bars, changes, rules go on as if it had never been. "
            + "An alert that fired on it ends. To poll or import it again does not bring it back; another number may take its place.")
    @SecurityRequirement(name = "admin")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(responseCode = "200", description = "Voided; where it was already, by whom and why that was", content = @Content(schema = @Schema(implementation = ObservationList.Item.class)))
    @APIResponse(responseCode = "400", description = "No reason, or observedAt cannot be read")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such indicator, or nothing was observed of it then")
    @APIResponse(responseCode = "409", description = "An implied close: void the observation that it follows from")
    public ObservationList.Item put(@PathParam("code") String code, @Parameter(example = "2026-11-25T09:30:00+07:00") @PathParam("observedAt") String observedAt, byte[] body) {
        ObjectNode object = json.object(body);
        String reason = json.read(object, Reason.class).reason();
        return ObservationList.item(voiding.voidAt(indicators.get(code), instant(observedAt), reason, identity.getPrincipal().getName()));
    }

    @DELETE
    @Operation(summary = "Take a void back", description = "The number counts again in all that is made of it. Nobody is told of what rules would have made of it.")
    @SecurityRequirement(name = "admin")
    @APIResponse(responseCode = "200", description = "The number", content = @Content(schema = @Schema(implementation = ObservationList.Item.class)))
    @APIResponse(responseCode = "400", description = "observedAt cannot be read")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such indicator, or nothing of that moment is voided")
    @APIResponse(responseCode = "409", description = "Another number stands for that moment now")
    public ObservationList.Item delete(@PathParam("code") String code, @Parameter(example = "2026-11-25T09:30:00+07:00") @PathParam("observedAt") String observedAt) {
        return ObservationList.item(voiding.takeBack(indicators.get(code), instant(observedAt)));
    }

    private static Instant instant(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            if (at.getYear() > 0 && at.getYear() < 9999) {
                return at.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Problems.badRequest("observedAt must be the observation's date and time with offset, as the list of observations gives it, such as 2026-11-25T09:30:00+07:00.");
    }
}
