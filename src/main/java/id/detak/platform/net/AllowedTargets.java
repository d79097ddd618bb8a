package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import id.detak.platform.PlatformConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Internal targets to which messages may be sent: {@code DETAK_NOTIFY_ALLOW}, a comma-separated list of host names,
 * addresses and networks. Permission to edit channels must not give access to everything that this machine can reach.
 */
@Startup
@ApplicationScoped
public class AllowedTargets {
    private final String setting;
    private final Set<String> names = new HashSet<>();
    private final List<AddressRange> networks = new ArrayList<>();

    @Inject
    AllowedTargets(PlatformConfig config) {
        this(config.notifyAllow());
    }

    public AllowedTargets(Optional<String> configured) {
        this("DETAK_NOTIFY_ALLOW", configured);
    }

    /** @param setting the name of the setting, for error messages */
    public AllowedTargets(String setting, Optional<String> configured) {
        this.setting = setting;
        for (String entry : configured.orElse("").split(",")) {
            if (!entry.isBlank()) {
                add(entry.strip());
            }
        }
    }

    private void add(String entry) {
        String plain = entry.startsWith("[") && entry.endsWith("]") ? entry.substring(1, entry.length() - 1) : entry;
        try {
            if (plain.contains("/") || AddressRange.isLiteral(plain)) {
                networks.add(AddressRange.of(plain));
                return;
            }
        } catch (IllegalArgumentException e) {
            throw bad(entry);
        }
        if (!isName(plain)) {
            throw bad(entry);
        }
        names.add(canonical(plain));
    }

    /**
     * Whether an entry is a host name as in a URL, and not a short form of an address that the JDK accepts (127.1,
     * 2130706433).
     */
    private static boolean isName(String entry) {
        if (entry.matches("(?:.*\\.)?[0-9][^.]*\\.?")) {
            return false;
        }
        try {
            return entry.equals(URI.create("http://" + entry + "/").getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private BadSettingException bad(String entry) {
        return new BadSettingException(setting + " cannot be read at '" + entry
                + "': give host names, addresses or networks (10.1.0.0/16, fd00::/8), separated by commas.");
    }

    /** Whether each of these addresses of the host is public or allowed. */
    public boolean allows(String host, List<InetAddress> addresses) {
        return names.contains(canonical(host))
                || addresses.stream().allMatch(address -> !Addresses.isInternal(address) || isNamed(address));
    }

    /**
     * The same for a host that the operator configured: an internal one may be meant if it is an address or
     * {@code localhost}, but a name must not lead inside only because its DNS server says so.
     */
    public boolean allowsConfigured(String host, List<InetAddress> addresses) {
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return AddressRange.isLiteral(plain) || canonical(plain).equals("localhost") || allows(host, addresses);
    }

    private boolean isNamed(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
