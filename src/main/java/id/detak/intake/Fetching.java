package id.detak.intake;

import id.detak.capture.Outcome;
import id.detak.capture.Sources.Source;
import id.detak.capture.Sources.State;
import id.detak.capture.Via;
import id.detak.capture.fetch.Answer;
import id.detak.capture.fetch.FetchLimits;
import id.detak.capture.fetch.FetchRequest;
import id.detak.capture.fetch.PageDecoder;
import id.detak.capture.fetch.PageFetcher;
import id.detak.capture.fetch.Resolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Asks a source for its page, and says in our words what came of it. Needs no database. */
@ApplicationScoped
public class Fetching {

    private final PageFetcher fetcher;

    Fetching(Clock clock) {
        this.fetcher = new PageFetcher(clock, FetchLimits.defaults(), Resolver.system());
    }

    /**
     * @param etag validator of the page that came, or null
     * @param retryAfter what the server asked for, or null
     */
    public record Fetched(Arrival arrival, String etag, String lastModified, Duration retryAfter) {

        /** What the source's row should say after this attempt at it. */
        public State stateAfter(Source source, Receipt receipt) {
            boolean good = receipt.broughtStrip();
            boolean unchanged = arrival.content() instanceof Arrival.Unchanged;
            return new State(good ? 0 : source.failures() + 1, good ? unchanged ? source.etag() : etag : null,
                    good ? unchanged ? source.lastModified() : lastModified : null, retryAfter);
        }
    }

    public Fetched fetch(Source source) {
        Answer answer = fetcher.fetch(new FetchRequest(source.url(), source.etag(), source.lastModified()));
        if (answer instanceof Answer.Page page) {
            String text = PageDecoder.decode(page.body(), page.contentType());
            return new Fetched(new Arrival(source.name(), Via.POLL, shown(page.url()), page.observedAt(), page.serverDate(), page.status(),
                    new Arrival.Page(text)), page.etag(), page.lastModified(), null);
        }
        if (answer instanceof Answer.NotModified same) {
            return new Fetched(new Arrival(source.name(), Via.POLL, shown(same.url()), same.observedAt(), same.serverDate(), same.status(),
                    new Arrival.Unchanged()), null, null, null);
        }
        Answer.Failure failure = (Answer.Failure) answer;
        return new Fetched(new Arrival(source.name(), Via.POLL, shown(failure.url()), failure.observedAt(), null, failure.status(),
                new Arrival.Nothing(outcome(failure.kind()), failure.reason())), null, null, failure.retryAfter());
    }

    private static String shown(URI url) {
        return url == null ? null : url.toString();
    }

    private static Outcome outcome(Answer.Failure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case HTTP_ERROR -> Outcome.HTTP_ERROR;
            case REFUSED -> Outcome.REFUSED;
            case TOO_LARGE -> Outcome.TOO_LARGE;
        };
    }
}
