package id.detak.platform.net;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The client of a request, for limits: an IPv4 address, or the 64-bit prefix of an IPv6 address, which belongs to one
 * subscriber. Behind a trusted proxy it is the address that Quarkus takes from the proxy's headers.
 */
public record ClientAddress(String text, boolean isLoopback) {

    private static final int SUBSCRIBER_BYTES = 8;
    /** The prefix of an IPv4 address in IPv6 form: ::ffff:192.0.2.1. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    public static ClientAddress of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String host = remote == null ? null : remote.hostAddress() != null ? remote.hostAddress() : remote.host();
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return new ClientAddress("unknown", false);
        }
        if (bytes.length == 16 && Arrays.equals(Arrays.copyOf(bytes, MAPPED.length), MAPPED)) {
            bytes = Arrays.copyOfRange(bytes, MAPPED.length, 16);
            host = NetUtil.bytesToIpAddress(bytes);
        }
        boolean isLoopback =
                bytes.length == 4 ? bytes[0] == 127 : Arrays.equals(bytes, NetUtil.LOCALHOST6.getAddress());
        return new ClientAddress(
                bytes.length == 4 ? host : HexFormat.of().formatHex(bytes, 0, SUBSCRIBER_BYTES), isLoopback);
    }
}
