package id.detak.http;

import id.detak.access.Roles;
import id.detak.platform.Version;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The version of the running program, also as a metric. */
@Path("/api/v1/version")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.READER)
@NonBlocking
@Tag(name = "operations")
public class VersionResource {

    /** @param build identifies the jar: the same on every machine with the same file */
    @Schema(name = "Version")
    public record Item(String version, String build) {}

    @GET
    @Operation(summary = "Get the version and the build of the running program")
    public Item version() {
        return new Item(Version.NUMBER, BuildId.OWN);
    }

    @Singleton
    static class Info implements MeterBinder {

        @Override
        public void bindTo(MeterRegistry registry) {
            Gauge.builder("detak.info", () -> 1)
                    .tag("version", Version.NUMBER)
                    .tag("build", BuildId.OWN)
                    .description("Always 1; the tags are the version and build of the program")
                    .register(registry);
        }
    }
}
