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

/** Asks each origin's robots.txt before its first page, and remembers what it says (RFC 9309). */
final class Robots implements RedirectFollower.Gate {
    private static final BodyLimit LIMIT = new BodyLimit(512 * 1024, BodyLimit.Excess.CUT);
    private static final Duration KEEP = Duration.ofHours(24);
    /** A redirector must not fill the heap with origins. */
    private static final int MOST_ORIGINS = 256;

    private final RedirectFollower walk;
    private final Clock clock;
    private final Map<String, Rules> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rules> eldest) {
            return size() > MOST_ORIGINS;
        }
    };

    Robots(RedirectFollower walk, Clock clock) {
        this.walk = walk;
        this.clock = clock;
    }

    @Override
    public void check(URI url, Deadline deadline) throws FetchException {
        String origin = WebUrls.origin(url);
        Rules rules = remembered(origin);
        if (rules == null || !clock.instant().isBefore(rules.until())) {
            rules = renewed(url, origin, rules, deadline);
        }
        rules.check(url);
    }

    /**
     * What cannot be read now is asked for again with the next page, which comes late enough by its own backoff; until then
     * what it said before holds (RFC 9309, 2.4). Keeping a failure would make a source silent for longer than its fault.
     */
    private Rules renewed(URI url, String origin, Rules before, Deadline deadline) throws FetchException {
        try {
            Rules rules = ask(url, origin, deadline);
            synchronized (remembered) {
                remembered.put(origin, rules);
            }
            return rules;
        } catch (FetchException problem) {
            if (before == null) {
                throw problem;
            }
            return before;
        }
    }

    private Rules remembered(String origin) {
        synchronized (remembered) {
            return remembered.get(origin);
        }
    }

    private Rules ask(URI url, String origin, Deadline deadline) throws FetchException {
        FetchedResponse reply = read(url, origin, deadline);
        Instant until = clock.instant().plus(KEEP);
        if (reply.status() == 200) {
            boolean cut = reply.body().length == LIMIT.bytes();
            return new Rules(until, RobotsParser.rules(reply.body(), cut));
        }
        if (saysNothing(reply.status())) {
            return new Rules(until, null);
        }
        throw FetchException.httpError(url, reply.head(), "robots.txt of " + origin + " answered "
                + reply.status() + ", which by RFC 9309 forbids all pages until it can be read.");
    }

    private FetchedResponse read(URI url, String origin, Deadline deadline) throws FetchException {
        try {
            return walk.go(URI.create(origin + "/robots.txt"), new RedirectFollower.Errand(RedirectFollower.Gate.OPEN, hop -> Map.of(), LIMIT, deadline));
        } catch (FetchException problem) {
            String reason = "robots.txt of " + origin + " could not be read: " + problem.getMessage();
            throw problem.kind() == Kind.UNREACHABLE ? FetchException.unreachable(url, reason) : FetchException.refused(url, reason);
        }
    }

    /** No rules, so all is allowed: whatever 4xx means by itself (RFC 9309, 2.3.1.3), and an answer without a body. */
    private static boolean saysNothing(int status) {
        return status > 200 && status < 300 || status >= 400 && status < 500;
    }

    /** @param rules null where all is allowed */
    private record Rules(Instant until, BaseRobotRules rules) {
        void check(URI url) throws FetchException {
            if (rules != null && !allows(url)) {
                throw FetchException.refused(url, "robots.txt of " + WebUrls.origin(url) + " does not allow this page.");
            }
        }

        private boolean allows(URI url) {
            try {
                return rules.isAllowed(url.toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("an URL that was asked before", e);
            }
        }
    }
}
