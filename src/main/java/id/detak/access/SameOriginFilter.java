package id.detak.access;

import id.detak.platform.Problems;
import id.detak.platform.PublicUrl;
import id.detak.platform.RouterProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that another site triggers in a browser: writes, and reads marked {@link SameOriginOnly}. Against
 * DNS rebinding, the Host of every request must be {@code localhost}, an IP address, the host of
 * {@code DETAK_PUBLIC_URL}, or one of {@code DETAK_HOSTS}. An Origin must match the Host.
 */
@ApplicationScoped
class SameOriginFilter {

    private static final Pattern IP_ADDRESS =
            Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9a-f:.]+]|[0-9a-f]*:[0-9a-f:.]+");

    private static final String UNKNOWN_HOST =
            "Unknown host: set DETAK_PUBLIC_URL to the public base URL of Detak, or add the host to DETAK_HOSTS.";

    private final Set<String> hosts = new HashSet<>(Set.of("localhost"));
    private final URI publicUrl;

    SameOriginFilter(PublicUrl publicUrl, AccessConfig config) {
        this.publicUrl = URI.create(publicUrl.of("/"));
        hosts.add(this.publicUrl.getHost().toLowerCase(Locale.ROOT));
        config.hosts()
                .ifPresent(names -> names.forEach(name -> hosts.add(name.strip().toLowerCase(Locale.ROOT))));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AmbiguousPathFilter.FIRST - 1);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> objection = !AccessPolicy.reads(request)
                ? objection(request)
                : isHealthCheck(request) || hasNoHost(request) || isOwnHost(request)
                        ? Optional.empty()
                        : Optional.of(UNKNOWN_HOST);
        if (objection.isPresent()) {
            RouterProblems.send(context, 403, Problems.FORBIDDEN, objection.get());
        } else {
            context.next();
        }
    }

    /** Orchestrators check a container by names that they choose. */
    private static boolean isHealthCheck(HttpServerRequest request) {
        return request.path() != null && request.path().startsWith("/q/health");
    }

    /** Only a program sends none, by HTTP/1.0. A browser, which another site could use, always does. */
    private static boolean hasNoHost(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.HOST);
    }

    private boolean isOwnHost(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
        return request.headers().getAll(HttpHeaders.HOST).size() <= 1
                && (hosts.contains(host) || IP_ADDRESS.matcher(host).matches());
    }

    /** Why the request is refused and what to do, as a sentence; empty if it is allowed. */
    Optional<String> objection(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (!isOwnHost(request)) {
            return Optional.of(UNKNOWN_HOST);
        }
        List<String> origins = request.headers().getAll("Origin");
        boolean isOwn = origins.isEmpty()
                ? isOwnByFetchMetadata(request)
                : origins.size() == 1 && isOwn(origins.get(0), authority);
        return isOwn
                ? Optional.empty()
                : Optional.of("This request comes from another site, but only Detak's own pages may send it. Let a "
                        + "proxy pass the Host header on, or set DETAK_PUBLIC_URL.");
    }

    private boolean isOwn(String origin, HostAndPort authority) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            return false;
        }
        boolean isPublicUrl = isSame(uri, publicUrl.getHost(), publicUrl.getPort())
                && uri.getScheme().equals(publicUrl.getScheme());
        return isPublicUrl || isSame(uri, authority.host(), authority.port());
    }

    private static boolean isSame(URI origin, String host, int port) {
        int defaultPort = origin.getScheme().equals("https") ? 443 : 80;
        return origin.getHost().equalsIgnoreCase(host)
                && (origin.getPort() < 0 ? defaultPort : origin.getPort()) == (port < 0 ? defaultPort : port);
    }

    /** Old browsers and programs do not send the header; such browsers send an Origin with writes. */
    private static boolean isOwnByFetchMetadata(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }
}
