package id.detak.capture.archive;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Hosts that are asked for: each itself, and the names below it. */
public final class HostFilter {

    private final List<String> hosts;

    private HostFilter(List<String> hosts) {
        this.hosts = hosts;
    }

    /** A {@code www.} before a host is left out: the names of a site with and without it are one. */
    public static HostFilter of(Collection<String> hosts) {
        return new HostFilter(hosts.stream().map(HostFilter::normal).map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .filter(host -> !host.isEmpty()).distinct().toList());
    }

    /** Whether that is an http or https address of one of them. */
    public boolean matches(String targetUri) {
        // almost no address in an archive is; this is much quicker than to read them all
        return mayMatch(targetUri.toLowerCase(Locale.ROOT)) && TargetUri.of(targetUri)
                .filter(uri -> uri.getScheme().equalsIgnoreCase("http") || uri.getScheme().equalsIgnoreCase("https"))
                .map(uri -> normal(uri.getHost())).filter(this::isOneOf).isPresent();
    }

    private boolean mayMatch(String lowerCase) {
        for (String host : hosts) {
            if (lowerCase.contains(host)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneOf(String host) {
        return hosts.stream().anyMatch(wanted -> host.equals(wanted) || host.endsWith('.' + wanted));
    }

    /** As people are told of them. */
    @Override
    public String toString() {
        return String.join(", ", hosts);
    }

    private static String normal(String host) {
        String lowerCase = host.strip().toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".") ? lowerCase.substring(0, lowerCase.length() - 1) : lowerCase;
    }
}
