package id.detak.access;

import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the entries of {@link Audited} methods, after their own transaction. A change stands if its entry cannot be
 * written; the log then has it.
 */
@Provider
@Audited
public class AuditFilter implements ContainerResponseFilter {

    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final ResourceInfo resource;

    AuditFilter(AuditLog audit, SecurityIdentity identity, ResourceInfo resource) {
        this.audit = audit;
        this.identity = identity;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatusInfo().getFamily() != Family.SUCCESSFUL) {
            return;
        }
        String action =
                resource.getResourceMethod().getAnnotation(Audited.class).value();
        String actor = identity.getPrincipal().getName();
        String subject = subject(request, response);
        try {
            QuarkusTransaction.requiringNew().run(() -> audit.add(actor, action, subject, ""));
        } catch (RuntimeException e) {
            Log.errorf(e, "The audit log cannot be written: %s, %s, %s", actor, action, subject);
        }
    }

    private static String subject(ContainerRequestContext request, ContainerResponseContext response) {
        Object location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
        if (location != null) {
            String created = location.toString();
            return created.substring(created.lastIndexOf('/') + 1);
        }
        return request.getUriInfo().getPathParameters().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.joining(" "));
    }
}
