package id.detak.capture.fetch;

import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.platform.net.Addresses;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Follows redirects by hand, since each hop must be looked at before it is asked: a page on the internet must not
 * send us to the machine's own services. What lies inside by configuration may lead on inside.
 * The client looks the host up once more when it connects; the JVM keeps look-ups for 30 s, so it takes the ones
 * that were checked.
 */
final class RedirectFollower {
    private final HostLookup hosts;
    private final HttpExchange asker;
    private final int maxRedirects;

    RedirectFollower(HostLookup hosts, HttpExchange asker, int maxRedirects) {
        this.hosts = hosts;
        this.asker = asker;
        this.maxRedirects = maxRedirects;
    }

    /** Whether a hop may be asked. */
    interface Gate {
        Gate OPEN = (url, deadline) -> { };

        void check(URI url, Deadline deadline) throws FetchException;
    }

    /** What is the same on all hops; the headers go by the hop's URL. */
    record Errand(Gate gate, Function<URI, Map<String, String>> headers, BodyLimit limit, Deadline deadline) {
    }

    /** The first answer that is no redirect, whatever its status. */
    FetchedResponse go(URI start, Errand errand) throws FetchException {
        Set<URI> seen = new HashSet<>(Set.of(start));
        URI here = start;
        List<InetAddress> addresses = hosts.addresses(here, errand.deadline());
        while (true) {
            errand.gate().check(here, errand.deadline());
            FetchedResponse reply = asker.ask(here, errand.headers().apply(here), errand.limit(), errand.deadline());
            if (!reply.head().isRedirect()) {
                return reply;
            }
            URI next = target(reply);
            if (seen.size() > maxRedirects) {
                throw refused(reply, "redirects more than " + maxRedirects + " times");
            }
            if (!seen.add(next)) {
                throw refused(reply, "redirects in a circle");
            }
            List<InetAddress> nextAddresses = hosts.addresses(next, errand.deadline());
            if (Addresses.anyInward(nextAddresses) && !Addresses.allInward(addresses)) {
                throw refused(reply, "redirects to an address inside this network");
            }
            here = next;
            addresses = nextAddresses;
        }
    }

    /** Where the answer sends us, if that is a place one may be sent to. */
    static URI target(FetchedResponse reply) throws FetchException {
        String location = reply.head().header("Location");
        if (location == null || location.isBlank()) {
            throw unusable(reply, "without saying where to");
        }
        URI target;
        try {
            target = Urls.resolve(reply.url(), location);
        } catch (URISyntaxException e) {
            throw unusable(reply, "to what is no address");
        }
        String objection = WebUrls.objection(target);
        if (objection != null) {
            throw refused(reply, "redirects to an address that " + objection);
        }
        if (WebUrls.isHttps(reply.url()) && !WebUrls.isHttps(target) && !Urls.sameHost(reply.url(), target)) {
            throw refused(reply, "redirects from https to another host without it");
        }
        return target;
    }

    private static FetchException unusable(FetchedResponse reply, String how) {
        return FetchException.httpError(reply.url(), reply.head(),
                WebUrls.origin(reply.url()) + " answered " + reply.status() + ", a redirect " + how + ".");
    }

    private static FetchException refused(FetchedResponse reply, String what) {
        return FetchException.of(Kind.REFUSED, reply.url(), reply.head(),
                WebUrls.origin(reply.url()) + " " + what + ", which is not followed.");
    }
}
