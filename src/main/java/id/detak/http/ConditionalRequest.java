package id.detak.http;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The parts of a request on which a cacheable response depends. */
record ConditionalRequest(RoutingContext context, HttpServerRequest request, MultiMap headers) {

    static ConditionalRequest of(RoutingContext context) {
        return new ConditionalRequest(
                context, context.request(), context.request().headers());
    }

    /** GET or HEAD without a body. */
    boolean isPlainRead() {
        return (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
                && !headers.contains(HttpHeaders.CONTENT_LENGTH)
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether it carries no credentials. */
    boolean isAnonymous() {
        User user = context.user();
        return !headers.contains(HttpHeaders.AUTHORIZATION)
                && !headers.contains(HttpHeaders.COOKIE)
                && (user == null
                        || user instanceof QuarkusHttpUser known
                                && known.getSecurityIdentity().isAnonymous());
    }

    ResponseKey key(String variant) {
        return new ResponseKey(request.uri(), list(HttpHeaders.ACCEPT, "*/*"), variant);
    }

    boolean acceptsGzip() {
        return AcceptEncoding.allowsGzip(list(HttpHeaders.ACCEPT_ENCODING, null));
    }

    /** Whether Quarkus could compress a response without an encoding. */
    boolean mayBeCompressed() {
        return request.method() != HttpMethod.HEAD && headers.contains(HttpHeaders.ACCEPT_ENCODING);
    }

    String ifNoneMatch() {
        return list(HttpHeaders.IF_NONE_MATCH, null);
    }

    /** Joins the lines of a header, which form one list. */
    private String list(CharSequence name, String missing) {
        String first = headers.get(name);
        if (first == null) {
            return missing;
        }
        List<String> all = headers.getAll(name);
        return all.size() == 1 ? first : String.join(",", all);
    }
}
