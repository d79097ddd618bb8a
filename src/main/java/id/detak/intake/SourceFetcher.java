package id.detak.intake;

import id.detak.capture.CaptureConfig;
import id.detak.capture.FetchOutcome;
import id.detak.capture.PollSchedule;
import id.detak.capture.Sources;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.capture.Via;
import id.detak.capture.fetch.FetchLimits;
import id.detak.capture.fetch.FetchRequest;
import id.detak.capture.fetch.FetchResult;
import id.detak.capture.fetch.PageDecoder;
import id.detak.capture.fetch.PageFetcher;
import id.detak.capture.fetch.SourceHeaders;
import id.detak.platform.BadSettingException;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.OutgoingConnections;
import id.detak.platform.net.Resolver;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Fetches the page of a source without using the database. */
@Startup
@ApplicationScoped
public class SourceFetcher {

    private final Map<String, Origin> origins = new HashMap<>();
    private final PageFetcher standard;
    private final Duration retryAfterLimit;

    /** How the page of a source is requested. */
    private record Origin(PageFetcher fetcher, SourceHeaders headers) {}

    SourceFetcher(Clock clock, CaptureConfig config, OutgoingConnections connections) {
        this.retryAfterLimit = config.retryAfterLimit();
        if (retryAfterLimit.isNegative() || retryAfterLimit.isZero()) {
            throw new BadSettingException("DETAK_RETRY_AFTER_LIMIT must be above zero, such as 1h.");
        }
        AllowedTargets allowed = new AllowedTargets("DETAK_SOURCE_ALLOW", config.sourceAllow());
        Map<List<Optional<String>>, PageFetcher> fetchers = new HashMap<>();
        this.standard = fetcher(clock, allowed, connections, Sources.DEFAULT_NAME, Optional.empty(), Optional.empty());
        fetchers.put(List.of(Optional.empty(), Optional.empty()), standard);
        config.sources().forEach((name, source) -> {
            PageFetcher fetcher = fetchers.computeIfAbsent(
                    List.of(source.proxy(), source.tls()),
                    key -> fetcher(clock, allowed, connections, name, source.proxy(), source.tls()));
            origins.put(name, new Origin(fetcher, SourceHeaders.of(setting(name, "headers"), source.headers())));
        });
    }

    private static PageFetcher fetcher(
            Clock clock,
            AllowedTargets allowed,
            OutgoingConnections connections,
            String source,
            Optional<String> proxy,
            Optional<String> tls) {
        return new PageFetcher(
                clock,
                FetchLimits.defaults(),
                Resolver.system(),
                allowed,
                connections.find(setting(source, "proxy"), proxy, setting(source, "tls"), tls));
    }

    private static String setting(String source, String name) {
        return "detak.sources." + source + "." + name;
    }

    private Origin origin(Source source) {
        return origins.getOrDefault(source.name(), new Origin(standard, SourceHeaders.NONE));
    }

    /** How long its site asks to wait before the next request, because another source was fetched there. */
    Duration pauseBefore(Source source) {
        return origin(source).fetcher().pauseBefore(source.url());
    }

    /**
     * The result of a fetch.
     *
     * @param etag the validator of the fetched page, or null
     * @param retryAfter how long the server asks to wait, or null
     * @param crawlDelay the time between two requests that robots.txt asks for
     */
    public record Fetched(Arrival arrival, String etag, String lastModified, Duration retryAfter, Duration crawlDelay) {

        /** The time until the next poll. */
        Duration delay(PollSchedule schedule, Instant now, State state) {
            Duration delay = schedule.delay(now, state.failures(), state.retryAfter());
            return delay.compareTo(crawlDelay) < 0 ? crawlDelay : delay;
        }

        /** The same attempt, whose page could not be processed. */
        Fetched unprocessable(String cause) {
            return new Fetched(arrival.unprocessable(cause), null, null, retryAfter, crawlDelay);
        }

        /** The state of the source after this attempt. */
        public State stateAfter(Source source, IntakeResult result) {
            return stateAfter(source, result.broughtStrip(), result.capture().id());
        }

        /** @param capture the id of the capture that keeps the page */
        State stateAfter(Source source, boolean broughtStrip, UUID capture) {
            if (!broughtStrip) {
                return new State(source.failures() + 1, null, null, null, retryAfter);
            }
            State newValidator = new State(0, etag, lastModified, capture, retryAfter);
            State stillValid = new State(0, source.etag(), source.lastModified(), source.validated(), retryAfter);
            return arrival.content()
                    .match(
                            page -> newValidator,
                            unchanged -> stillValid,
                            page -> newValidator,
                            nothing -> newValidator);
        }
    }

    public Fetched fetch(Source source) {
        Origin origin = origin(source);
        boolean conditional = source.validated() != null;
        FetchResult result = origin.fetcher()
                .fetch(new FetchRequest(
                        source.url(),
                        conditional ? source.etag() : null,
                        conditional ? source.lastModified() : null,
                        origin.headers()));
        Duration crawlDelay = origin.fetcher().crawlDelay(source.url());
        return result.match(
                page -> new Fetched(
                        arrival(
                                source,
                                page,
                                page.serverDate(),
                                page.status(),
                                new Arrival.Page(PageDecoder.decode(page.body(), page.contentType()))),
                        page.etag(),
                        page.lastModified(),
                        null,
                        crawlDelay),
                same -> new Fetched(
                        arrival(
                                source,
                                same,
                                same.serverDate(),
                                same.status(),
                                new Arrival.Unchanged(source.validated())),
                        null,
                        null,
                        null,
                        crawlDelay),
                failure -> new Fetched(
                        arrival(
                                source,
                                failure,
                                null,
                                failure.status(),
                                new Arrival.Nothing(outcome(failure.kind()), failure.reason())),
                        null,
                        null,
                        pause(source, failure.retryAfter()),
                        crawlDelay));
    }

    /** A server that served the source before probably does so again soon, so its requested pause is limited. */
    private Duration pause(Source source, Duration retryAfter) {
        boolean tooLong = retryAfter != null && source.servedAt() != null && retryAfter.compareTo(retryAfterLimit) > 0;
        return tooLong ? retryAfterLimit : retryAfter;
    }

    private static Arrival arrival(
            Source source, FetchResult result, Instant serverDate, Integer status, Arrival.Content content) {
        String url = result.url() == null ? null : result.url().toString();
        return new Arrival(source.name(), Via.POLL, url, result.observedAt(), serverDate, status, content);
    }

    private static FetchOutcome outcome(FetchResult.Failure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> FetchOutcome.UNREACHABLE;
            case HTTP_ERROR -> FetchOutcome.HTTP_ERROR;
            case REFUSED -> FetchOutcome.REFUSED;
            case TOO_LARGE -> FetchOutcome.TOO_LARGE;
        };
    }
}
