package id.detak.capture.fetch;

import id.detak.capture.fetch.FetchResult.NotModified;
import id.detak.capture.fetch.FetchResult.Page;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import id.detak.platform.net.WebUrls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches a page: checks robots.txt first and follows redirects, all within one time limit and one size limit. Every
 * outcome is a {@link FetchResult}. Thread-safe; one instance serves all sources with the same connection.
 */
public final class PageFetcher {
    private final Clock clock;
    private final FetchLimits limits;
    private final RedirectFollower redirects;
    private final Robots robots;
    private final RecentRequests recent;

    public PageFetcher(Clock clock, FetchLimits limits, Resolver resolver) {
        this(clock, limits, resolver, OutgoingConnection.DIRECT);
    }

    public PageFetcher(Clock clock, FetchLimits limits, Resolver resolver, OutgoingConnection connection) {
        this(clock, limits, resolver, new AllowedTargets(Optional.empty()), connection);
    }

    /** @param allowed hosts of sources that may have internal addresses */
    public PageFetcher(
            Clock clock, FetchLimits limits, Resolver resolver, AllowedTargets allowed, OutgoingConnection connection) {
        this.clock = clock;
        this.limits = limits;
        this.recent = new RecentRequests(clock);
        this.redirects = new RedirectFollower(
                new HostLookup(resolver, connection),
                allowed,
                new HttpExchange(clock, limits, connection),
                limits.maxRedirects());
        this.robots = new Robots(redirects, clock);
    }

    public FetchResult fetch(FetchRequest request) {
        try {
            String objection = WebUrls.objection(request.url());
            if (objection != null) {
                throw FetchException.refused(request.url(), "The address to fetch " + objection + ".");
            }
            BodyLimit limit = new BodyLimit(limits.maxBytes(), BodyLimit.Excess.REFUSE);
            Deadline deadline = Deadline.in(limits.whole());
            RedirectFollower.Context context =
                    new RedirectFollower.Context(gate(request), url -> headers(request, url), limit, deadline);
            recent.add(WebUrls.origin(request.url()));
            FetchedResponse reply = redirects.follow(request.url(), context);
            return answer(reply, !validators(request, reply.url()).isEmpty());
        } catch (FetchException problem) {
            return problem.asFailure(clock.instant());
        }
    }

    private RedirectFollower.Gate gate(FetchRequest request) {
        return (url, deadline) -> robots.check(url, request.headers().everywhere(), deadline);
    }

    /** The time between two pages that robots.txt asks for, as far as it has been read; at most a minute. */
    public Duration crawlDelay(URI url) {
        return robots.crawlDelay(WebUrls.origin(url));
    }

    /** The time until the crawl delay of the page's origin has passed since the last fetch there. */
    public Duration pauseBefore(URI url) {
        String origin = WebUrls.origin(url);
        return recent.pauseUntil(origin, robots.crawlDelay(origin));
    }

    private static FetchResult answer(FetchedResponse reply, boolean conditional) throws FetchException {
        ResponseHead head = reply.head();
        if (head.status() == 200) {
            return new Page(
                    head.observedAt(),
                    reply.url(),
                    200,
                    head.serverDate(),
                    reply.body(),
                    head.header("Content-Type"),
                    head.header("ETag"),
                    head.header("Last-Modified"));
        }
        if (head.status() == 304 && conditional) {
            return new NotModified(head.observedAt(), reply.url(), 304, head.serverDate());
        }
        String unasked = head.status() == 304 ? ", although the request was unconditional" : "";
        throw FetchException.httpError(
                reply.url(), head, WebUrls.origin(reply.url()) + " answered " + head.status() + unasked + ".");
    }

    private static Map<String, String> headers(FetchRequest request, URI url) {
        Map<String, String> headers = new LinkedHashMap<>(validators(request, url));
        headers.put("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5");
        Map<String, String> own = request.headers().to(url, request.url());
        headers.keySet().removeIf(own::containsKey); // whose names differ in case
        headers.putAll(own);
        return headers;
    }

    /** The validators, only for the same host: other hosts do not know them and need not learn what we have. */
    private static Map<String, String> validators(FetchRequest request, URI url) {
        Map<String, String> validators = new LinkedHashMap<>();
        if (Urls.sameHost(request.url(), url)) {
            putIfSendable(validators, "If-None-Match", request.etag());
            putIfSendable(validators, "If-Modified-Since", request.lastModified());
        }
        return validators;
    }

    /** The client throws on invalid header values, and these came from a server. */
    private static void putIfSendable(Map<String, String> headers, String name, String value) {
        if (value != null && !value.isBlank() && SourceHeaders.isSendable(value)) {
            headers.put(name, value);
        }
    }
}
