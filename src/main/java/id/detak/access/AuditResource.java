package id.detak.access;

import id.detak.platform.Parameters;
import id.detak.platform.Wib;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "access")
@Blocking
public class AuditResource {

    private final AuditLog audit;

    AuditResource(AuditLog audit) {
        this.audit = audit;
    }

    @Schema(name = "AuditEntry")
    public record Item(OffsetDateTime at, String actor, String action, String subject, String detail) {}

    @Schema(name = "AuditEntryList")
    public record Items(List<Item> items) {}

    @GET
    @SecurityRequirement(name = "admin")
    @Operation(summary = "List what the admin changed, the newest first")
    @APIResponse(responseCode = "400", description = "Invalid limit")
    public Items list(@Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        return new Items(audit.newest(Parameters.limit(limit)).stream()
                .map(entry ->
                        new Item(Wib.local(entry.at()), entry.actor(), entry.action(), entry.subject(), entry.detail()))
                .toList());
    }
}
