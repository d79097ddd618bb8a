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
import id.detak.platform.language.Language;
import id.detak.platform.net.ClientAddress;
import id.detak.platform.net.ClientAddresses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

@RolesAllowed(Roles.READER)
@Path("/api/v1/stream")
@Tag(name = "series")
public class StreamResource {

    /** The first ping tells the browser that it is connected. */
    private static final Duration FIRST_PING = Duration.ofMillis(1);
    /** Pings let each side notice that the other is gone. */
    private static final Duration PING_EVERY = Duration.ofSeconds(15);
    /** A client that is further behind is disconnected. It then reconnects and reads the latest quotes. */
    private static final int BUFFER = 256;

    private static final int RETRY_AFTER_SECONDS = 30;
    private static final StreamEvent END = new StreamEvent("end", null);

    private final LiveUpdates updates;
    private final StreamLimit limit;
    private final ClientAddresses addresses;
    private final Credentials credentials;
    private final Clock clock;

    StreamResource(
            LiveUpdates updates, StreamLimit limit, ClientAddresses addresses, Credentials credentials, Clock clock) {
        this.updates = updates;
        this.limit = limit;
        this.addresses = addresses;
        this.credentials = credentials;
        this.clock = clock;
    }

    record Ping(OffsetDateTime at) {}

    @GET
    @SameOriginOnly
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Server-sent events: quote (each new quote), alert (when an alert fires or resolves), source (after each poll) and ping (every 15 seconds)")
    @APIResponse(
            responseCode = "200",
            description = "The stream, until the client disconnects or its token or session ends")
    @APIResponse(responseCode = "403", description = "The request comes from a page of another site")
    @APIResponse(responseCode = "429", description = "Too many open streams; retry after the time in Retry-After")
    public Multi<OutboundSseEvent> stream(
            @Parameter(description = "language of the texts of alerts: en or id")
                    @QueryParam("lang")
                    @DefaultValue("en")
                    String lang,
            @Context Sse sse,
            @Context RoutingContext context) {
        Language language = Language.find(lang).orElseThrow(() -> Problems.badRequest("lang must be en or id."));
        ClientAddress client = addresses.of(context.request());
        if (!limit.acquire(client)) {
            throw Problems.tooManyRequests(
                    RETRY_AFTER_SECONDS,
                    "Too many streams are open: close some, or try again in " + RETRY_AFTER_SECONDS + " s.");
        }
        Runnable release = once(() -> limit.release(client));
        RequestEnd.then(context, release); // a stream whose client is gone before it begins never terminates
        Multi<StreamEvent> events = updates.events().onOverflow().buffer(BUFFER);
        Multi<StreamEvent> pings = Multi.createFrom()
                .ticks()
                .startingAfter(FIRST_PING)
                .every(PING_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> new StreamEvent("ping", new Ping(Wib.local(clock.instant()))));
        Multi<StreamEvent> all = Multi.createBy().merging().streams(events, pings);
        return Identities.credentialOf(Identities.of(context))
                .map(credential -> whileValid(credential, all))
                .orElse(all)
                .select()
                .where(event -> !event.isAccess())
                .map(event -> event(sse, event, language))
                .onTermination()
                .invoke(release);
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    /** Checks the credential whenever access changes, and at each ping, because a session also ends by idleness. */
    private Multi<StreamEvent> whileValid(Credential credential, Multi<StreamEvent> all) {
        return all.onItem()
                .transformToUniAndConcatenate(
                        event -> event.isAccess() && event.concerns(credential) || event.data() instanceof Ping
                                ? Uni.createFrom()
                                        .item(() -> credentials.isValid(credential) ? event : END)
                                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                : Uni.createFrom().item(event))
                .select()
                .first(event -> event != END);
    }

    private static OutboundSseEvent event(Sse sse, StreamEvent event, Language language) {
        return sse.newEventBuilder()
                .name(event.name())
                .data(event.data(language))
                .build();
    }
}
