package id.detak.capture;

import id.detak.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "captures")
public class SourcesResource {

    private final SourceStates states;

    SourcesResource(SourceStates states) {
        this.states = states;
    }

    @Schema(name = "Sources")
    public record Items(List<SourceStates.State> items) {}

    @GET
    @Operation(
            summary = "Status of each source: the last attempt, the last good one, the next, and the current problem")
    public Items list() {
        return new Items(states.all());
    }
}
