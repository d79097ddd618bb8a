package id.detak.capture;

import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.platform.Problems;
import id.detak.platform.Until;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/sources")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "captures")
public class SourcesResource {

    private final Sources sources;
    private final SourceStates states;
    private final SourceProblems problems;
    private final SourceMutes mutes;
    private final SecurityIdentity identity;
    private final Clock clock;

    SourcesResource(
            Sources sources,
            SourceStates states,
            SourceProblems problems,
            SourceMutes mutes,
            SecurityIdentity identity,
            Clock clock) {
        this.sources = sources;
        this.states = states;
        this.problems = problems;
        this.mutes = mutes;
        this.identity = identity;
        this.clock = clock;
    }

    @Schema(name = "Sources")
    public record Items(List<SourceStates.State> items) {}

    @GET
    @Operation(
            summary = "Status of each source: the last attempt, the last good one, the next, and the current problem")
    public Items list() {
        return new Items(states.all());
    }

    @POST
    @Audited("source.poll")
    @Path("/{name}/poll")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Poll a source now, outside its schedule",
            description = "The poll follows within seconds; its outcome is in the status of the source.")
    @APIResponse(
            responseCode = "202",
            description = "The source, which is due",
            content = @Content(schema = @Schema(implementation = SourceStates.State.class)))
    @APIResponse(responseCode = "409", description = "Its server asked for a pause")
    public Response poll(@PathParam("name") String name) {
        require(name);
        if (!sources.dueNow(name)) {
            throw Problems.of(
                    409,
                    "Conflict",
                    "The server of " + name + " asked for a pause. The next poll follows when it is over.");
        }
        return Response.accepted(states.of(name).orElseThrow()).build();
    }

    @PUT
    @Audited("source.acknowledge")
    @Path("/{name}/acknowledgement")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Acknowledge the problem of a source: no more reminders",
            description = "A problem that gets worse, or comes back after its end, is reported again.")
    @APIResponse(
            responseCode = "200",
            description = "The source",
            content = @Content(schema = @Schema(implementation = SourceStates.State.class)))
    @APIResponse(responseCode = "409", description = "The source has no problem")
    @Transactional
    public SourceStates.State acknowledge(@PathParam("name") String name) {
        require(name);
        problem(name).acknowledge(clock.instant(), identity.getPrincipal().getName());
        return states.of(name).orElseThrow();
    }

    @DELETE
    @Audited("source.end-acknowledgement")
    @Path("/{name}/acknowledgement")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Withdraw the acknowledgement: reminders are sent again")
    @APIResponse(responseCode = "204", description = "Withdrawn")
    @APIResponse(responseCode = "409", description = "The source has no problem")
    @Transactional
    public void withdrawAcknowledgement(@PathParam("name") String name) {
        require(name);
        problem(name).withdrawAcknowledgement();
    }

    @PUT
    @Audited("source.mute")
    @Path("/{name}/mute")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Mute a source: hold the messages about it back until a time")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Until.class)))
    @APIResponse(
            responseCode = "200",
            description = "The source",
            content = @Content(schema = @Schema(implementation = SourceStates.State.class)))
    @Transactional
    public SourceStates.State mute(@PathParam("name") String name, Until body) {
        require(name);
        mutes.mute(name, body.after(clock.instant()));
        return states.of(name).orElseThrow();
    }

    @DELETE
    @Audited("source.end-mute")
    @Path("/{name}/mute")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "End the mute of a source")
    @APIResponse(responseCode = "204", description = "Waiting messages are sent")
    @Transactional
    public void endMute(@PathParam("name") String name) {
        require(name);
        mutes.mute(name, null);
    }

    private void require(String name) {
        if (sources.find(name).isEmpty()) {
            throw Problems.notFound("There is no such source. GET /api/v1/sources lists them.");
        }
    }

    private SourceProblem problem(String name) {
        return problems.lock(name)
                .filter(SourceProblem::isOpen)
                .orElseThrow(() -> Problems.of(409, "Conflict", "The source " + name + " has no problem."));
    }
}
