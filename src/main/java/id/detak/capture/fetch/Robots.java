package id.detak.capture.fetch;

import crawlercommons.robots.BaseRobotRules;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads each origin's robots.txt before its first page, and caches the rules (RFC 9309). */
final class Robots {
    private static final BodyLimit LIMIT = new BodyLimit(512 * 1024, BodyLimit.Excess.CUT);
    private static final Duration KEEP = Duration.ofHours(24);
    /** Redirects must not fill the heap with origins. */
    private static final int MAX_ORIGINS = 256;

    private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(1);

    private final RedirectFollower redirects;
    private final Clock clock;
    private final Map<String, Rules> cached = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rules> eldest) {
            return size() > MAX_ORIGINS;
        }
    };

    Robots(RedirectFollower redirects, Clock clock) {
        this.redirects = redirects;
        this.clock = clock;
    }

    /**
     * Checks whether a page may be requested.
     *
     * @param headers for the request of robots.txt
     */
    void check(URI url, Map<String, String> headers, Deadline deadline) throws FetchException {
        String origin = WebUrls.origin(url);
        Rules rules = cached(origin);
        if (rules == null || !clock.instant().isBefore(rules.until())) {
            rules = reload(url, origin, rules, headers, deadline);
        }
        rules.check(url);
    }

    /** Zero if there is none, or if robots.txt has not been read yet; at most a minute. */
    Duration crawlDelay(String origin) {
        Rules rules = cached(origin);
        long millis = rules == null || rules.rules() == null ? 0 : rules.rules().getCrawlDelay();
        return Duration.ofMillis(Math.max(0, Math.min(millis, MAX_CRAWL_DELAY.toMillis())));
    }

    /**
     * A robots.txt that cannot be read is requested again with the next page, which has its own backoff; until then the
     * cached rules apply (RFC 9309, 2.4). Caching the failure would block a source for longer than the failure lasts.
     */
    private Rules reload(URI url, String origin, Rules before, Map<String, String> headers, Deadline deadline)
            throws FetchException {
        try {
            Rules rules = load(url, origin, headers, deadline);
            synchronized (cached) {
                cached.put(origin, rules);
            }
            return rules;
        } catch (FetchException problem) {
            if (before == null) {
                throw problem;
            }
            return before;
        }
    }

    private Rules cached(String origin) {
        synchronized (cached) {
            return cached.get(origin);
        }
    }

    private Rules load(URI url, String origin, Map<String, String> headers, Deadline deadline) throws FetchException {
        FetchedResponse reply = read(url, origin, headers, deadline);
        Instant until = clock.instant().plus(KEEP);
        if (reply.status() == 200) {
            boolean cut = reply.body().length == LIMIT.bytes();
            return new Rules(until, RobotsParser.rules(reply.body(), cut));
        }
        if (hasNoRules(reply.status())) {
            return new Rules(until, null);
        }
        throw FetchException.httpError(
                url,
                reply.head(),
                "robots.txt of " + origin + " answered " + reply.status()
                        + ", which by RFC 9309 forbids all pages until it can be read.");
    }

    private FetchedResponse read(URI url, String origin, Map<String, String> headers, Deadline deadline)
            throws FetchException {
        try {
            return redirects.follow(
                    URI.create(origin + "/robots.txt"),
                    new RedirectFollower.Context(RedirectFollower.Gate.OPEN, hop -> headers, LIMIT, deadline));
        } catch (FetchException problem) {
            String reason = "robots.txt of " + origin + " could not be read: " + problem.getMessage();
            throw problem.kind() == Kind.UNREACHABLE
                    ? FetchException.unreachable(url, reason)
                    : FetchException.refused(url, reason);
        }
    }

    /** Allows all: every 4xx status (RFC 9309, 2.3.1.3), and a response without a body. */
    private static boolean hasNoRules(int status) {
        return status > 200 && status < 300 || status >= 400 && status < 500;
    }

    /** @param rules null if all is allowed */
    private record Rules(Instant until, BaseRobotRules rules) {
        void check(URI url) throws FetchException {
            if (rules != null && !allows(url)) {
                throw FetchException.refused(
                        url, "robots.txt of " + WebUrls.origin(url) + " does not allow this page.");
            }
        }

        private boolean allows(URI url) {
            try {
                return rules.isAllowed(url.toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("not an HTTP URL", e);
            }
        }
    }
}
