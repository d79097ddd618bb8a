package id.detak.notify.channel;

import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Looks a host up once, and refuses internal addresses that DETAK_NOTIFY_ALLOW does not name. */
final class TargetResolver {
    private final Resolver resolver;
    private final AllowedTargets allowed;

    TargetResolver(Resolver resolver, AllowedTargets allowed) {
        this.resolver = resolver;
        this.allowed = allowed;
    }

    ResolvedTarget find(String host, int port) throws SendException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = addresses(name);
        if (!allowed.allows(name, addresses)) {
            throw new SendException("The host " + normalized(host)
                    + " leads to an address inside your network; if it is meant to, name it in DETAK_NOTIFY_ALLOW.");
        }
        return new ResolvedTarget(normalized(name), port, addresses);
    }

    private List<InetAddress> addresses(String name) throws SendException {
        try {
            List<InetAddress> addresses = List.copyOf(resolver.resolve(name));
            if (!addresses.isEmpty()) {
                return addresses;
            }
        } catch (UnknownHostException e) {
            // its message may contain details of this machine
        }
        throw new SendException("The host " + normalized(name) + " could not be found.");
    }

    /** TLS does not allow names with a dot at the end. */
    static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
