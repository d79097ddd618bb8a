package id.detak.notify;

import id.detak.access.Roles;
import id.detak.notify.channel.PushKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The key with which a browser subscribes. */
@RolesAllowed(Roles.ADMIN)
@Path("/api/v1/push-key")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class PushKeyResource {

    private final PushKeys keys;

    PushKeyResource(PushKeys keys) {
        this.keys = keys;
    }

    /** @param publicKey the {@code applicationServerKey} of {@code PushManager.subscribe()}, in base64url */
    @Schema(name = "PushKey")
    public record Key(String publicKey) {}

    @GET
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Get the key with which a browser subscribes to messages",
            description =
                    "For admins, like the channel of type webpush that the subscription becomes. The keys (VAPID, RFC 8292) are created at first use.")
    @APIResponse(
            responseCode = "200",
            description = "The public key",
            content = @Content(schema = @Schema(implementation = Key.class)))
    public Key get() {
        return new Key(keys.publicKey());
    }
}
