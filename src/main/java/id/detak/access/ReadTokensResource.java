package id.detak.access;

import id.detak.access.ReadTokens.Created;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Wib;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Read tokens for closed reading. The admin creates and revokes them; a token is shown once. */
@Path("/api/v1/read-tokens")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "access")
@Blocking
public class ReadTokensResource {

    private final ReadTokens readTokens;

    ReadTokensResource(ReadTokens readTokens) {
        this.readTokens = readTokens;
    }

    /** @param token the token itself in the response that creates it, null afterwards */
    @Schema(name = "ReadToken")
    public record Item(UUID id, String name, OffsetDateTime createdAt, String token) {

        static Item of(ReadToken readToken, String token) {
            return new Item(readToken.id(), readToken.name(), Wib.local(readToken.createdAt()), token);
        }
    }

    @Schema(name = "ReadTokenList")
    public record Items(List<Item> items) {}

    @Schema(name = "NewReadToken")
    public record New(
            @NotBlank(message = INVALID_NAME) @Pattern(regexp = "\\P{Cc}{0,120}", message = INVALID_NAME)
            String name) {

        private static final String INVALID_NAME = "name must say whose token it is, in 1 to 120 characters.";
    }

    @GET
    @SecurityRequirement(name = "admin")
    @Operation(summary = "List the read tokens, without the secrets")
    public Items list() {
        return new Items(readTokens.all().stream()
                .map(readToken -> Item.of(readToken, null))
                .toList());
    }

    @POST
    @Audited("token.create")
    @SecurityRequirement(name = "admin")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create a read token; only this response contains it")
    @RequestBody(content = @Content(schema = @Schema(implementation = New.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Item.class)))
    @APIResponse(responseCode = "400", description = "The name is missing")
    public Response create(@Valid New body) {
        Created created = readTokens.create(body.name().strip());
        Log.infof("Created read token %s.", created.readToken().id());
        return Response.status(201)
                .entity(Item.of(created.readToken(), created.token()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Audited("token.revoke")
    @SecurityRequirement(name = "admin")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @Operation(summary = "Revoke a read token, which ends its sessions and streams on every replica")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(@PathParam("id") UUID id) {
        if (!readTokens.revoke(id)) {
            throw Problems.notFound("There is no such read token; GET /api/v1/read-tokens lists them.");
        }
        Log.infof("Revoked read token %s.", id);
    }
}
