package id.detak.platform.net;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The proxy and the trusted certificates of outgoing requests.
 *
 * @param proxy null for none
 * @param tls null for the JDK's certificates
 * @param trust the trusted certificates of {@code tls} for Vert.x, or null
 * @param keys the own certificate of {@code tls} for Vert.x, or null
 */
public record OutgoingConnection(ProxyConfiguration proxy, SSLContext tls, TrustOptions trust, KeyCertOptions keys) {

    public static final OutgoingConnection DIRECT = new OutgoingConnection(null, null, null, null);

    static OutgoingConnection of(ProxyConfiguration proxy, TlsConfiguration tls) throws Exception {
        return tls == null
                ? new OutgoingConnection(proxy, null, null, null)
                : new OutgoingConnection(
                        proxy, tls.createSSLContext(), tls.getTrustStoreOptions(), tls.getKeyStoreOptions());
    }

    /** A direct connection that accepts these certificates. */
    public static OutgoingConnection trusting(X509TrustManager trusted) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trusted}, null);
            return new OutgoingConnection(null, tls, TrustOptions.wrap(trusted), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public OutgoingConnection through(ProxyConfiguration other) {
        return new OutgoingConnection(other, tls, trust, keys);
    }

    /** Whether a request to this host goes through the proxy. Requests to this machine never do. */
    public boolean usesProxy(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return proxy != null
                && !isThisMachine(name)
                && proxy.nonProxyHosts().orElse(List.of()).stream()
                        .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
                        .noneMatch(pattern ->
                                pattern.startsWith("*") ? name.endsWith(pattern.substring(1)) : name.equals(pattern));
    }

    private static boolean isThisMachine(String name) {
        return name.equals("localhost") || name.matches("127(\\.\\d{1,3}){3}") || name.equals("[::1]");
    }

    /** Configures a JDK client, but without the proxy's credentials; see {@link #proxyAuthorization}. */
    public HttpClient.Builder client() {
        HttpClient.Builder client = HttpClient.newBuilder();
        if (tls != null) {
            client.sslContext(tls);
        }
        if (proxy != null) {
            client.proxy(new Selector());
        }
        return client;
    }

    /** The header {@code Proxy-Authorization} of a request; empty if it needs none. */
    public Optional<String> proxyAuthorization(URI url) {
        return Optional.ofNullable(proxy)
                .filter(through -> usesProxy(url.getHost()))
                .flatMap(ProxyConfiguration::username)
                .map(name -> name + ":" + proxy.password().orElse(""))
                .map(login -> "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "OutgoingConnection"; // without the proxy's password
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI url) {
            return List.of(
                    usesProxy(url.getHost())
                            ? new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))
                            : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI url, SocketAddress address, IOException problem) {
            // the request fails with the same problem
        }
    }
}
