package id.detak.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds all addresses of a host name (or of an address literal, without the brackets of IPv6). */
@FunctionalInterface
public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The system's resolver. The JVM caches its answers for 30 s, so the HTTP client connects to the same addresses.
     */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
