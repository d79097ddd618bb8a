package id.detak.notify;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Word;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class DeliveriesResource {

    private final DeliveryLog deliveries;
    private final Lanes lanes;

    DeliveriesResource(DeliveryLog deliveries, Lanes lanes) {
        this.deliveries = deliveries;
        this.lanes = lanes;
    }

    @Schema(name = "DeliveryList")
    public record Items(List<DeliveryLog.Item> items) {}

    @GET
    @Operation(summary = "List messages with their states")
    @APIResponse(
            responseCode = "200",
            description = "The newest first",
            content = @Content(schema = @Schema(implementation = Items.class)))
    public Items list(
            @Parameter(description = "waiting, delivered, failed or skipped") @QueryParam("state") String state,
            @Parameter(description = "the id of a channel") @QueryParam("channel") String channel,
            @Parameter(description = "the id of an alert") @QueryParam("alert") String alert,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        DeliveryState wanted = state == null
                ? null
                : Word.find(DeliveryState.class, state)
                        .orElseThrow(
                                () -> Problems.badRequest("state must be one of waiting, delivered, failed, skipped."));
        return new Items(deliveries.list(
                wanted,
                Parameters.idOrNull("channel", channel),
                Parameters.idOrNull("alert", alert),
                Parameters.limit(limit)));
    }

    @POST
    @Audited("delivery.retry")
    @Path("/{key}/retry")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Send a failed message again, with the same key")
    @APIResponse(responseCode = "204", description = "It waits to be sent")
    @APIResponse(
            responseCode = "409",
            description = "There is no such message, it did not fail, or its channel was deleted")
    public void retry(@PathParam("key") String key) {
        if (!Parameters.id(key).map(lanes::sendAgain).orElse(false)) {
            throw Problems.of(
                    409,
                    "Conflict",
                    "Only a failed message to an existing channel can be sent again. Send a new test instead of repeating one.");
        }
    }
}
