package id.detak.testsupport;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A proxy on the loopback, like one configured by {@code quarkus.proxy.*}. */
public record TestProxy(
        String host,
        int port,
        Optional<String> username,
        Optional<String> password,
        Optional<List<String>> nonProxyHosts)
        implements ProxyConfiguration {

    public static TestProxy at(int port, String username, String password, String... nonProxyHosts) {
        return new TestProxy(
                "127.0.0.1", port, Optional.of(username), Optional.of(password), Optional.of(List.of(nonProxyHosts)));
    }

    @Override
    public Optional<Duration> proxyConnectTimeout() {
        return Optional.empty();
    }

    @Override
    public ProxyType type() {
        return ProxyType.HTTP;
    }
}
