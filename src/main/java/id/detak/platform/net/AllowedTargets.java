package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where messages may be sent to although it lies inside: {@code DETAK_NOTIFY_ALLOW}, names of hosts, addresses and networks
 * with commas between. Who may write rules and channels is not by that allowed to reach everything that this machine can.
 */
@Startup
@ApplicationScoped
public class AllowedTargets {
    private final Set<String> names = new HashSet<>();
    private final List<AddressRange> networks = new ArrayList<>();

    public AllowedTargets(@ConfigProperty(name = "detak.notify-allow") Optional<String> configured) {
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

    /** As an URL takes it; without what the JDK would read as an address in numbers (127.1, 2130706433). */
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

    private static BadSettingException bad(String entry) {
        return new BadSettingException("DETAK_NOTIFY_ALLOW cannot be read at '" + entry
                + "': give names of hosts, addresses or networks (10.1.0.0/16, fd00::/8) with commas between.");
    }

    /** Whether all of these addresses of the host lie outside, or are allowed. */
    public boolean allows(String host, List<InetAddress> addresses) {
        return names.contains(canonical(host)) || addresses.stream().allMatch(address -> !Addresses.isInward(address) || isNamed(address));
    }

    private boolean isNamed(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
