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
        ResolvedTarget target = findForProxy(host, port);
        if (target.addresses().isEmpty()) {
            throw new SendException("The host " + normalized(host) + " could not be found.");
        }
        return target;
    }

    /** For a proxy, which may know hosts that this machine does not. Those that this machine knows are checked. */
    ResolvedTarget findForProxy(String host, int port) throws SendException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = addresses(name);
        if (!allowed.allows(name, addresses)) {
            throw new SendException("The host " + normalized(host)
                    + " resolves to an address inside your network; to allow it, add it to DETAK_NOTIFY_ALLOW.");
        }
        return new ResolvedTarget(normalized(name), port, addresses);
    }

    /** Empty if there is none; the message of the exception may contain details of this machine. */
    private List<InetAddress> addresses(String name) {
        try {
            return List.copyOf(resolver.resolve(name));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /** TLS does not allow names with a dot at the end. */
    static String normalized(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
