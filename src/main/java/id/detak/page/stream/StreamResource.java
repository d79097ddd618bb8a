package id.detak.page.stream;

import id.detak.access.Credential;
import id.detak.access.Credentials;
import id.detak.access.Identities;
import id.detak.access.Roles;
import id.detak.access.SameOriginOnly;
import id.detak.http.RequestEnd;
import id.detak.page.stream.LiveUpdates.StreamEvent;
import id.detak.platform.Problems;
import id.detak.platform.Wib;
import id.detak.platform.net.ClientAddress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

@RolesAllowed(Roles.READER)
@Path("/api/v1/stream")
@Tag(name = "series")
public class StreamResource {

    /** The first one tells the browser that it is connected. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** By these each side notices that the other is gone. */
    private static final Duration PING_EVERY = Duration.ofSeconds(15);
    /** A client that is further behind is cut; it connects again and reads the latest quotes. */
    private static final int BUFFER = 256;

    private static final int TRY_AGAIN_SECONDS = 30;
    private static final StreamEvent OVER = new StreamEvent("over", null);

    private final LiveUpdates updates;
    private final StreamLimit seats;
    private final Credentials grants;
    private final Clock clock;

    StreamResource(LiveUpdates updates, StreamLimit seats, Credentials grants, Clock clock) {
        this.updates = updates;
        this.seats = seats;
        this.grants = grants;
        this.clock = clock;
    }

    record Ping(OffsetDateTime at) {
    }

    @GET
    @SameOriginOnly
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "Server-sent events: quote (one for each new quote), alert (one that fires or has resolved), source (after each attempt at a source) and ping (every 15 seconds)")
    @APIResponse(responseCode = "200", description = "Until the client goes, or the token or session by which it reads has ended")
    @APIResponse(responseCode = "403", description = "Another site's page asks")
    @APIResponse(responseCode = "429", description = "Too many streams are open; Retry-After says when to try again")
    public Multi<OutboundSseEvent> stream(@Context Sse sse, @Context RoutingContext context) {
        ClientAddress client = ClientAddress.of(context.request());
        if (!seats.take(client)) {
            throw Problems.tooManyRequests(TRY_AGAIN_SECONDS, "Too many streams are open: close some, or try again in " + TRY_AGAIN_SECONDS + " s.");
        }
        Runnable leave = once(() -> seats.leave(client));
        RequestEnd.then(context, leave); // a client that is gone before its stream begins never ends it
        Multi<StreamEvent> events = updates.events().onOverflow().buffer(BUFFER);
        Multi<StreamEvent> pings = Multi.createFrom().ticks().startingAfter(AT_ONCE).every(PING_EVERY).onOverflow().drop()
                .map(tick -> new StreamEvent("ping", new Ping(Wib.local(clock.instant()))));
        Multi<StreamEvent> all = Multi.createBy().merging().streams(events, pings);
        return Identities.credentialOf(Identities.of(context)).map(grant -> asLongAsItHolds(grant, all)).orElse(all)
                .select().where(event -> !event.isAccess()).map(event -> event(sse, event)).onTermination().invoke(leave);
    }

    private static Runnable once(Runnable act) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                act.run();
            }
        };
    }

    /** Looks again at each ping, for idleness tells nobody, and whenever something has changed. */
    private Multi<StreamEvent> asLongAsItHolds(Credential grant, Multi<StreamEvent> all) {
        return all.onItem().transformToUniAndConcatenate(event -> event.isAccess() && event.concerns(grant) || event.data() instanceof Ping
                ? Uni.createFrom().item(() -> grants.isValid(grant) ? event : OVER).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : Uni.createFrom().item(event)).select().first(event -> event != OVER);
    }

    private static OutboundSseEvent event(Sse sse, StreamEvent event) {
        return sse.newEventBuilder().name(event.name()).data(event.data()).build();
    }
}
