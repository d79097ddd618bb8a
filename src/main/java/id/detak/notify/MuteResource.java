package id.detak.notify;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.platform.Until;
import id.detak.platform.Wib;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/mute")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class MuteResource {

    private final Mutes mutes;
    private final Clock clock;

    MuteResource(Mutes mutes, Clock clock) {
        this.mutes = mutes;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Until when all messages are muted")
    @APIResponse(
            responseCode = "200",
            description = "until is null if they are not",
            content = @Content(schema = @Schema(implementation = Until.class)))
    public Until get() {
        return new Until(Wib.local(mutes.all().orElse(null)));
    }

    @PUT
    @Audited("mute.start")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Mute all messages: hold them back until a time; alerts continue",
            description = "Messages that wait are sent then, in order.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Until.class)))
    @APIResponse(
            responseCode = "200",
            description = "Muted",
            content = @Content(schema = @Schema(implementation = Until.class)))
    public Until mute(Until body) {
        mutes.muteAll(body.after(clock.instant()));
        return get();
    }

    @DELETE
    @Audited("mute.end")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "End the mute of all messages")
    @APIResponse(responseCode = "204", description = "Waiting messages are sent")
    public void end() {
        mutes.muteAll(null);
    }
}
