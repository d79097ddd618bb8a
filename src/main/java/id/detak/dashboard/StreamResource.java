package id.detak.dashboard;

import id.detak.dashboard.LiveUpdates.StreamEvent;
import id.detak.platform.Wib;
import io.smallrye.mutiny.Multi;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

@Path("/api/v1/stream")
@Tag(name = "series")
public class StreamResource {

    /** The first one tells the browser that it is connected. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** By these each side notices that the other is gone. */
    private static final Duration PING_EVERY = Duration.ofSeconds(15);
    /** A client that is further behind is cut; it connects again and reads the latest quotes. */
    private static final int BUFFER = 256;

    private final LiveUpdates updates;
    private final Clock clock;

    StreamResource(LiveUpdates updates, Clock clock) {
        this.updates = updates;
        this.clock = clock;
    }

    record Ping(OffsetDateTime at) {
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "Server-sent events: quote (one for each new quote), alert (one that fires or has resolved), source (after each attempt at a source) and ping (every 15 seconds)")
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        Multi<OutboundSseEvent> events = updates.events().onOverflow().buffer(BUFFER).map(event -> event(sse, event));
        Multi<OutboundSseEvent> pings = Multi.createFrom().ticks().startingAfter(AT_ONCE).every(PING_EVERY).onOverflow().drop()
                .map(tick -> event(sse, new StreamEvent("ping", new Ping(Wib.local(clock.instant())))));
        return Multi.createBy().merging().streams(events, pings);
    }

    private static OutboundSseEvent event(Sse sse, StreamEvent event) {
        return sse.newEventBuilder().name(event.name()).data(event.data()).build();
    }
}
