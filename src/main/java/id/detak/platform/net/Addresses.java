package id.detak.platform.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distinguishes internal addresses (loopback, private, unroutable) from those of the public internet. The ranges are
 * those of IANA's special-purpose registries; ranges for documentation count as public, because they reach nothing.
 */
public final class Addresses {
    private static final List<AddressRange> INTERNAL = networks(
            "0.0.0.0/8", // this network, and the unspecified address
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers (CGNAT)
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and the clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks, and the fake addresses of some VPNs
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "::/128", // unspecified
            "::1/128", // loopback
            "64:ff9b:1::/48", // NAT64 within a network: its target is unknown
            "fc00::/7", // unique local
            "fe80::/10", // link-local
            "fec0::/10", // site-local, old
            "ff00::/8"); // multicast

    /** IPv6 prefixes that embed an IPv4 address, and its offset. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding("00000000000000000000ffff", 12), // ::ffff:a.b.c.d, mapped
            new Embedding("0000000000000000ffff0000", 12), // ::ffff:0:a.b.c.d, translated
            new Embedding("000000000000000000000000", 12), // ::a.b.c.d, compatible, old
            new Embedding("0064ff9b0000000000000000", 12), // 64:ff9b::a.b.c.d, NAT64
            new Embedding("2002", 2)); // 2002:aabb:ccdd::, 6to4

    private Addresses() {}

    /** Whether one of the addresses is internal. That is enough, since the client may use any of them. */
    public static boolean anyInternal(List<InetAddress> addresses) {
        return addresses.stream().anyMatch(Addresses::isInternal);
    }

    /** Whether all addresses are internal; false if there are none. */
    public static boolean allInternal(List<InetAddress> addresses) {
        return !addresses.isEmpty() && addresses.stream().allMatch(Addresses::isInternal);
    }

    public static boolean isInternal(InetAddress address) {
        return isInternal(address.getAddress());
    }

    private static boolean isInternal(byte[] address) {
        if (INTERNAL.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        return EMBEDDINGS.stream()
                .filter(form -> form.fits(address))
                .anyMatch(form -> isInternal(form.embedded(address)));
    }

    private static List<AddressRange> networks(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }

    private record Embedding(byte[] prefix, int at) {
        Embedding(String hex, int at) {
            this(HexFormat.of().parseHex(hex), at);
        }

        boolean fits(byte[] address) {
            return address.length > 4 && Arrays.equals(prefix, Arrays.copyOf(address, prefix.length));
        }

        byte[] embedded(byte[] address) {
            return Arrays.copyOfRange(address, at, at + 4);
        }
    }
}
