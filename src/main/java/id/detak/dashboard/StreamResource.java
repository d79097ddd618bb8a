package id.detak.dashboard;

import id.detak.dashboard.LiveUpdates.StreamEvent;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

@Path("/api/v1/stream")
@Tag(name = "series")
public class StreamResource {

    /** The first comment tells the browser that it is connected. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** Without a comment now and then a client that is gone would never be noticed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    /** A client that is further behind is cut; it connects again and reads the latest quotes. */
    private static final int BUFFER = 256;

    private final LiveUpdates updates;

    StreamResource(LiveUpdates updates) {
        this.updates = updates;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "Server-sent events: quote (one for each new quote), alert (one that fires or has resolved) and source (after each attempt at a source)")
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        Multi<OutboundSseEvent> events = updates.events().onOverflow().buffer(BUFFER).map(event -> event(sse, event));
        Multi<OutboundSseEvent> comments = Multi.createFrom().ticks().startingAfter(AT_ONCE).every(KEEP_ALIVE).onOverflow().drop()
                .map(tick -> sse.newEventBuilder().comment("").build());
        return Multi.createBy().merging().streams(events, comments);
    }

    private static OutboundSseEvent event(Sse sse, StreamEvent event) {
        return sse.newEventBuilder().name(event.name()).data(event.data()).build();
    }
}
