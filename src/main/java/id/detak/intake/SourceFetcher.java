package id.detak.intake;

import id.detak.capture.FetchOutcome;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.capture.Via;
import id.detak.capture.fetch.FetchLimits;
import id.detak.capture.fetch.FetchRequest;
import id.detak.capture.fetch.FetchResult;
import id.detak.capture.fetch.PageDecoder;
import id.detak.capture.fetch.PageFetcher;
import id.detak.platform.net.Resolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Asks a source for its page, and says in our words what came of it. Needs no database. */
@ApplicationScoped
public class SourceFetcher {

    private final PageFetcher fetcher;

    SourceFetcher(Clock clock) {
        this.fetcher = new PageFetcher(clock, FetchLimits.defaults(), Resolver.system());
    }

    /**
     * @param etag validator of the page that came, or null
     * @param retryAfter what the server asked for, or null
     */
    public record Fetched(Arrival arrival, String etag, String lastModified, Duration retryAfter) {

        /** The same attempt, where what it brought could not be taken. */
        Fetched untakable(String reason) {
            return new Fetched(arrival.untakable(reason), null, null, retryAfter);
        }

        /** What the source's row should say after this attempt at it. */
        public State stateAfter(Source source, IntakeResult receipt) {
            return stateAfter(source, receipt.broughtStrip(), receipt.capture().id());
        }

        /** @param capture where what was brought is kept, or will be */
        State stateAfter(Source source, boolean broughtStrip, UUID capture) {
            if (!broughtStrip) {
                return new State(source.failures() + 1, null, null, null, retryAfter);
            }
            return arrival.content() instanceof Arrival.Unchanged
                    ? new State(0, source.etag(), source.lastModified(), source.validated(), retryAfter)
                    : new State(0, etag, lastModified, capture, retryAfter);
        }
    }

    public Fetched fetch(Source source) {
        FetchResult answer = fetcher.fetch(source.validated() == null ? FetchRequest.of(source.url()) : new FetchRequest(source.url(), source.etag(), source.lastModified()));
        if (answer instanceof FetchResult.Page page) {
            String text = PageDecoder.decode(page.body(), page.contentType());
            return new Fetched(new Arrival(source.name(), Via.POLL, shown(page.url()), page.observedAt(), page.serverDate(), page.status(),
                    new Arrival.Page(text)), page.etag(), page.lastModified(), null);
        }
        if (answer instanceof FetchResult.NotModified same) {
            return new Fetched(new Arrival(source.name(), Via.POLL, shown(same.url()), same.observedAt(), same.serverDate(), same.status(),
                    new Arrival.Unchanged(source.validated())), null, null, null);
        }
        FetchResult.Failure failure = (FetchResult.Failure) answer;
        return new Fetched(new Arrival(source.name(), Via.POLL, shown(failure.url()), failure.observedAt(), null, failure.status(),
                new Arrival.Nothing(outcome(failure.kind()), failure.reason())), null, null, failure.retryAfter());
    }

    private static String shown(URI url) {
        return url == null ? null : url.toString();
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
