package id.detak.intake;

import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.series.IndicatorViews;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Labels that are not an indicator: seen too seldom so far, too many, or refused. */
@Path("/api/v1/labels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
@Blocking
public class LabelsResource {

    private final NewLabels newLabels;
    private final IndicatorEditor editor;
    private final IndicatorViews views;
    private final SecurityIdentity identity;

    LabelsResource(NewLabels newLabels, IndicatorEditor editor, IndicatorViews views, SecurityIdentity identity) {
        this.newLabels = newLabels;
        this.editor = editor;
        this.views = views;
        this.identity = identity;
    }

    @Schema(name = "LabelList")
    public record Items(List<NewLabels.Waiting> items) {}

    @Schema(name = "Label")
    public record Label(
            @NotBlank(message = "label is missing.") String label) {}

    @GET
    @RolesAllowed(Roles.READER)
    @Transactional
    @Operation(
            summary = "List the labels that are not an indicator",
            description =
                    "Labels that the last strips of a source show, with the number of strips; and refused labels, whose indicator was deleted.")
    public Items list() {
        return new Items(newLabels.waiting());
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Confirm a label: make it an indicator at once",
            description = "The next capture is recorded; reparse adds the earlier ones.")
    @APIResponse(
            responseCode = "201",
            description = "The new indicator",
            content = @Content(schema = @Schema(implementation = IndicatorViews.Item.class)))
    @APIResponse(responseCode = "400", description = "It cannot be a code")
    @APIResponse(responseCode = "409", description = "It is an indicator already, or there are too many")
    public Response confirm(@NotNull(message = "The body is empty: send a JSON object.") @Valid Label label) {
        Indicator indicator =
                editor.confirm(label.label(), identity.getPrincipal().getName());
        return Response.created(URI.create("/api/v1/indicators/" + indicator.address()))
                .entity(views.get(indicator.code()))
                .build();
    }
}
