package id.detak.capture.archive;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.netpreserve.jwarc.URIs;

/** A set of hosts, each with its subdomains. */
public final class HostFilter {

    private final List<String> hosts;

    private HostFilter(List<String> hosts) {
        this.hosts = hosts;
    }

    /** Drops a leading {@code www.}: a site's names with and without it are the same site. */
    public static HostFilter of(Collection<String> hosts) {
        return new HostFilter(hosts.stream()
                .map(HostFilter::normalize)
                .map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList());
    }

    /**
     * Parses the text if it is an http or https URL of one of the hosts; percent-encodes what crawlers left unencoded
     * after the host.
     */
    public Optional<URI> match(String targetUri) {
        try {
            return Optional.of(URIs.parseLeniently(targetUri))
                    .filter(uri -> uri.getHost() != null && contains(normalize(uri.getHost())))
                    .filter(uri -> URIs.hasHttpOrHttpsScheme(targetUri) && hasSameAuthority(targetUri, uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Encoding a backslash can turn the host before it into user info, and what follows into the host. */
    private static boolean hasSameAuthority(String text, URI uri) {
        return text.startsWith(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    private boolean contains(String host) {
        return hosts.stream().anyMatch(wanted -> host.equals(wanted) || host.endsWith('.' + wanted));
    }

    /** The hosts, separated by commas. */
    @Override
    public String toString() {
        return String.join(", ", hosts);
    }

    private static String normalize(String host) {
        String lowerCase = host.strip().toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".") ? lowerCase.substring(0, lowerCase.length() - 1) : lowerCase;
    }
}
