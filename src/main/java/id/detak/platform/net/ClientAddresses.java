package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import io.netty.util.NetUtil;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Finds the client of a request: the connected address, or, if that is a trusted proxy, the last address in its header
 * that is no trusted proxy. Proxies append the address that they see, so everything before it may be invented. Quarkus
 * takes the first address, which a client can choose.
 */
@Startup
@ApplicationScoped
public class ClientAddresses {

    public static final ClientAddress UNKNOWN = new ClientAddress("unknown", false);
    private static final int SUBSCRIBER_BYTES = 8;
    /** The prefix of an IPv4 address in IPv6 form: ::ffff:192.0.2.1. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|[;,\\s])for=(\"[^\"]*\"|[^;,\\s]+)");
    private static final Pattern WITH_PORT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{1,5}");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?");

    private final boolean forwarding;
    /** Whether the header is Forwarded (RFC 7239) instead of X-Forwarded-For. */
    private final boolean standardHeader;

    private final boolean trustsAll;
    private final List<AddressRange> trusted;

    /** The settings of Quarkus, which finds host and scheme of a request by the same ones. */
    @Inject
    ClientAddresses(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.allow-forwarded", defaultValue = "false") boolean standardHeader,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
        this.forwarding = forwarding;
        this.standardHeader = standardHeader;
        this.trustsAll = trusted.isEmpty();
        this.trusted = forwarding
                ? trusted.orElse(List.of()).stream()
                        .flatMap(ClientAddresses::ranges)
                        .toList()
                : List.of();
    }

    private static Stream<AddressRange> ranges(String entry) {
        String text = entry.strip();
        try {
            return Stream.of(AddressRange.of(text));
        } catch (IllegalArgumentException e) {
            return ofName(text);
        }
    }

    /** The addresses that a host name has at the start. */
    private static Stream<AddressRange> ofName(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> AddressRange.of(address.getHostAddress().replaceFirst("%.*", "")));
        } catch (UnknownHostException e) {
            throw new BadSettingException(
                    "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES cannot be read at '" + name
                            + "': give addresses, networks (10.1.0.0/16) or known host names, without a port, separated by commas.");
        }
    }

    public ClientAddress of(HttpServerRequest request) {
        // of the connection: Quarkus replaces that of the request
        SocketAddress peer = request.connection().remoteAddress();
        String host = peer == null ? null : peer.hostAddress() != null ? peer.hostAddress() : peer.host();
        byte[] connected = bytes(host);
        if (!forwarding || !trustsAll && !isTrusted(connected)) {
            return address(connected, isLoopback(connected));
        }
        List<String> chain = chain(request);
        if (chain.isEmpty()) {
            return address(connected, isLoopback(connected));
        }
        byte[] client = null;
        for (String entry : chain) {
            client = bytes(entry);
            if (!isTrusted(client)) {
                break;
            }
        }
        return address(client, false);
    }

    /** The connected address; that of a trusted proxy counts as the loopback, since it stands for many clients. */
    public ClientAddress ofConnection(InetAddress connected) {
        byte[] address = bytes(connected.getHostAddress());
        return address(address, isLoopback(address) || isTrusted(address));
    }

    /** The addresses in the header, the last one first. */
    private List<String> chain(HttpServerRequest request) {
        List<String> entries = new ArrayList<>();
        for (String line : request.headers().getAll(standardHeader ? "Forwarded" : "X-Forwarded-For")) {
            if (standardHeader) {
                Matcher each = FOR.matcher(line);
                while (each.find()) {
                    entries.add(each.group(1).replace("\"", ""));
                }
            } else {
                entries.addAll(Arrays.asList(line.split(",", -1)));
            }
        }
        Collections.reverse(entries);
        return entries;
    }

    private boolean isTrusted(byte[] address) {
        return address != null && trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** @return null if it is no address */
    private static byte[] bytes(String text) {
        if (text == null) {
            return null;
        }
        String entry = text.strip();
        Matcher withPort = WITH_PORT.matcher(entry);
        Matcher inBrackets = IN_BRACKETS.matcher(entry);
        String host = withPort.matches() ? withPort.group(1) : inBrackets.matches() ? inBrackets.group(1) : entry;
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        boolean mapped =
                bytes != null && bytes.length == 16 && Arrays.equals(Arrays.copyOf(bytes, MAPPED.length), MAPPED);
        return mapped ? Arrays.copyOfRange(bytes, MAPPED.length, 16) : bytes;
    }

    private static boolean isLoopback(byte[] address) {
        return address != null
                && (address.length == 4 ? address[0] == 127 : Arrays.equals(address, NetUtil.LOCALHOST6.getAddress()));
    }

    private static ClientAddress address(byte[] address, boolean isLoopback) {
        if (address == null) {
            return UNKNOWN;
        }
        return new ClientAddress(
                address.length == 4
                        ? NetUtil.bytesToIpAddress(address)
                        : HexFormat.of().formatHex(address, 0, SUBSCRIBER_BYTES),
                isLoopback);
    }
}
