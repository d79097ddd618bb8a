package id.detak.capture.fetch;

import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.platform.net.Addresses;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Follows redirects, keeps their cookies until the end of the fetch, and checks each hop before the request: a public
 * page must not redirect to services of the internal network, nor may the name of a source lead there. A source that is
 * internal by configuration may redirect to internal hosts. The client resolves the host again when it connects; the
 * JVM caches lookups for 30 s, so it uses the addresses that were checked.
 */
final class RedirectFollower {
    private final HostLookup hosts;
    private final AllowedTargets allowed;
    private final HttpExchange exchange;
    private final int maxRedirects;

    RedirectFollower(HostLookup hosts, AllowedTargets allowed, HttpExchange exchange, int maxRedirects) {
        this.hosts = hosts;
        this.allowed = allowed;
        this.exchange = exchange;
        this.maxRedirects = maxRedirects;
    }

    /** Checks whether a hop may be requested. */
    interface Gate {
        Gate OPEN = (url, deadline) -> {};

        void check(URI url, Deadline deadline) throws FetchException;
    }

    /** The context that all hops share; the headers depend on the URL of the hop. */
    record Context(Gate gate, Function<URI, Map<String, String>> headers, BodyLimit limit, Deadline deadline) {}

    /** Returns the first response that is no redirect, with any status. */
    FetchedResponse follow(URI start, Context context) throws FetchException {
        CookieJar cookies = new CookieJar();
        URI here = start;
        Visit visit = new Visit(here, headers(here, context, cookies));
        Set<Visit> seen = new HashSet<>(Set.of(visit));
        List<InetAddress> addresses = hosts.addresses(here, context.deadline());
        if (!allowed.allowsConfigured(here.getHost(), addresses)) {
            throw FetchException.refused(
                    here,
                    "The host " + here.getHost()
                            + " has an address inside this network; if that is intended, add it to DETAK_SOURCE_ALLOW.");
        }
        while (true) {
            context.gate().check(here, context.deadline());
            FetchedResponse reply = exchange.get(here, visit.headers(), context.limit(), context.deadline());
            if (!reply.head().isRedirect()) {
                return reply;
            }
            URI next = target(reply);
            cookies.take(here, reply.head());
            visit = new Visit(next, headers(next, context, cookies));
            if (seen.size() > maxRedirects) {
                throw refused(reply, "redirects more than " + maxRedirects + " times");
            }
            if (!seen.add(visit)) {
                throw refused(reply, "redirects in a circle");
            }
            List<InetAddress> nextAddresses = hosts.addresses(next, context.deadline());
            if (Addresses.anyInternal(nextAddresses) && !Addresses.allInternal(addresses)) {
                throw refused(reply, "redirects to an address inside this network");
            }
            if (nextAddresses.isEmpty()
                    && !next.getHost().equalsIgnoreCase(here.getHost())
                    && !Addresses.allInternal(addresses)) {
                throw refused(reply, "redirects to a host that only the proxy knows; make that the source's URL");
            }
            here = next;
            addresses = nextAddresses;
        }
    }

    /** A page that was requested before is only requested again with other headers: with a new cookie. */
    private record Visit(URI url, Map<String, String> headers) {}

    private static Map<String, String> headers(URI url, Context context, CookieJar cookies) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(context.headers().apply(url));
        String cookie = cookies.header(url, headers.get("Cookie"));
        if (cookie != null) {
            headers.put("Cookie", cookie);
        }
        return headers;
    }

    /** The target of a redirect, if it may be followed. */
    static URI target(FetchedResponse reply) throws FetchException {
        String location = reply.head().header("Location");
        if (location == null || location.isBlank()) {
            throw unusable(reply, "without a target");
        }
        URI target;
        try {
            target = Urls.resolve(reply.url(), location);
        } catch (URISyntaxException e) {
            throw unusable(reply, "to an invalid address");
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
        return FetchException.httpError(
                reply.url(),
                reply.head(),
                WebUrls.origin(reply.url()) + " answered " + reply.status() + ", a redirect " + how + ".");
    }

    private static FetchException refused(FetchedResponse reply, String what) {
        return FetchException.of(
                Kind.REFUSED,
                reply.url(),
                reply.head(),
                WebUrls.origin(reply.url()) + " " + what + ", which is not followed.");
    }
}
