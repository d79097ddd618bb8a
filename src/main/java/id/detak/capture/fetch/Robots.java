package id.detak.capture.fetch;

import crawlercommons.robots.BaseRobotRules;
import id.detak.capture.fetch.Answer.Failure.Kind;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks each origin's robots.txt before its first page, and remembers what it says (RFC 9309). */
final class Robots implements Walk.Gate {
    private static final BodyLimit LIMIT = new BodyLimit(512 * 1024, BodyLimit.Excess.CUT);
    private static final Duration KEEP = Duration.ofHours(24);
    private static final Duration KEEP_FAILURE = Duration.ofMinutes(10);
    /** A redirector must not fill the heap with origins. */
    private static final int MOST_ORIGINS = 256;

    private final Walk walk;
    private final Clock clock;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
            return size() > MOST_ORIGINS;
        }
    };

    Robots(Walk walk, Clock clock) {
        this.walk = walk;
        this.clock = clock;
    }

    @Override
    public void check(URI url, Deadline deadline) throws FetchProblem {
        String origin = Urls.origin(url);
        Verdict verdict = remembered(origin);
        if (verdict == null) {
            verdict = ask(origin, deadline);
            if (!Thread.currentThread().isInterrupted()) { // an interrupt is no fault of theirs
                remember(origin, verdict);
            }
        }
        verdict.apply(url, clock.instant());
    }

    private Verdict remembered(String origin) {
        synchronized (verdicts) {
            Verdict verdict = verdicts.get(origin);
            return verdict != null && clock.instant().isBefore(verdict.until()) ? verdict : null;
        }
    }

    private void remember(String origin, Verdict verdict) {
        synchronized (verdicts) {
            verdicts.put(origin, verdict);
        }
    }

    private Verdict ask(String origin, Deadline deadline) {
        try {
            Walk.Errand errand = new Walk.Errand(Walk.Gate.OPEN, url -> Map.of(), LIMIT, deadline);
            Reply reply = walk.go(URI.create(origin + "/robots.txt"), errand);
            Instant until = clock.instant().plus(KEEP);
            if (reply.status() == 200) {
                boolean cut = reply.body().length == LIMIT.bytes();
                return new Rules(until, RobotsText.rules(reply.body(), cut));
            }
            if (saysNothing(reply.status())) {
                return new Rules(until, null);
            }
            return unread(Kind.REFUSED, reply.head().retryAfter(), "robots.txt of " + origin + " answered "
                    + reply.status() + ", which by RFC 9309 forbids all pages until it can be read.");
        } catch (FetchProblem problem) {
            Kind kind = problem.kind() == Kind.UNREACHABLE ? Kind.UNREACHABLE : Kind.REFUSED;
            return unread(kind, problem.retryAfter(),
                    "robots.txt of " + origin + " could not be read: " + problem.getMessage());
        }
    }

    /** No rules, so all is allowed: whatever 4xx means by itself (RFC 9309, 2.3.1.3), and an answer without a body. */
    private static boolean saysNothing(int status) {
        return status > 200 && status < 300 || status >= 400 && status < 500;
    }

    private Verdict unread(Kind kind, Duration retryAfter, String reason) {
        Instant now = clock.instant();
        return new Unread(now.plus(KEEP_FAILURE), kind, reason, retryAfter == null ? null : now.plus(retryAfter));
    }

    private sealed interface Verdict {
        Instant until();

        void apply(URI url, Instant now) throws FetchProblem;
    }

    /** @param rules null where all is allowed */
    private record Rules(Instant until, BaseRobotRules rules) implements Verdict {
        @Override
        public void apply(URI url, Instant now) throws FetchProblem {
            if (rules != null && !allows(url)) {
                throw FetchProblem.refused(url, "robots.txt of " + Urls.origin(url) + " does not allow this page.");
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

    private record Unread(Instant until, Kind kind, String reason, Instant retryAt) implements Verdict {
        @Override
        public void apply(URI url, Instant now) throws FetchProblem {
            if (kind == Kind.UNREACHABLE) {
                throw FetchProblem.unreachable(url, reason);
            }
            throw FetchProblem.refused(url, reason, retryAt == null ? null : left(now));
        }

        private Duration left(Instant now) {
            return now.isBefore(retryAt) ? Duration.between(now, retryAt) : Duration.ZERO;
        }
    }
}
