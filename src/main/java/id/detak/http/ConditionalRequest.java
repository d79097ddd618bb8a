package id.detak.http;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What of a request an answer depends on. */
record ConditionalRequest(RoutingContext context, HttpServerRequest request, MultiMap headers) {

    static ConditionalRequest of(RoutingContext context) {
        return new ConditionalRequest(context, context.request(), context.request().headers());
    }

    /** Reading, with nothing after the head that would have to be read. */
    boolean isPlainRead() {
        return (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
                && !headers.contains(HttpHeaders.CONTENT_LENGTH) && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Without anything that could tell who asks. */
    boolean isByAnybody() {
        User user = context.user();
        return !headers.contains(HttpHeaders.AUTHORIZATION) && !headers.contains(HttpHeaders.COOKIE)
                && (user == null || user instanceof QuarkusHttpUser known && known.getSecurityIdentity().isAnonymous());
    }

    CacheKey key() {
        return new CacheKey(request.uri(), list(HttpHeaders.ACCEPT, "*/*"));
    }

    boolean takesGzip() {
        return Gzip.isAccepted(list(HttpHeaders.ACCEPT_ENCODING, null));
    }

    /** Whether Quarkus could compress what has no encoding of its own. */
    boolean mayBeCompressed() {
        return request.method() != HttpMethod.HEAD && headers.contains(HttpHeaders.ACCEPT_ENCODING);
    }

    String ifNoneMatch() {
        return list(HttpHeaders.IF_NONE_MATCH, null);
    }

    /** A header that came in several lines is one list. */
    private String list(CharSequence name, String missing) {
        String first = headers.get(name);
        if (first == null) {
            return missing;
        }
        List<String> all = headers.getAll(name);
        return all.size() == 1 ? first : String.join(",", all);
    }
}
