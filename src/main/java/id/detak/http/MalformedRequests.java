package id.detak.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Marks requests as malformed that Netty accepts, but whose end, host or origin could be read in two ways, or that
 * Quarkus cannot read. Vert.x answers them with 400 and closes the connection, without a line in the log.
 */
final class MalformedRequests extends ChannelInboundHandlerAdapter {

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,20}");
    private static final int MAX_PORT = 65_535;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            objection(request)
                    .ifPresent(objection ->
                            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(objection))));
        }
        context.fireChannelRead(message);
    }

    static Optional<String> objection(HttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean isOld = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (!isOld && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return Optional.of("unsupported version of HTTP");
        }
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()
                && (isOld
                        || encodings.size() > 1
                        || !encodings.get(0).strip().equalsIgnoreCase("chunked")
                        || headers.contains(HttpHeaderNames.CONTENT_LENGTH))) {
            return Optional.of("ambiguous length");
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && !isOld || !hosts.isEmpty() && !isAuthority(hosts.get(0))) {
            return Optional.of("invalid Host");
        }
        return forwarded(headers);
    }

    /** Checks what Quarkus takes from a proxy: the first element of each header. */
    private static Optional<String> forwarded(HttpHeaders headers) {
        if (!first(headers, "X-Forwarded-For").map(text -> !text.isEmpty()).orElse(true)) {
            return Optional.of("empty X-Forwarded-For");
        }
        if (!first(headers, "X-Forwarded-Host")
                .map(MalformedRequests::isAuthority)
                .orElse(true)) {
            return Optional.of("invalid X-Forwarded-Host");
        }
        if (!first(headers, "X-Forwarded-Port").map(MalformedRequests::isPort).orElse(true)) {
            return Optional.of("invalid X-Forwarded-Port");
        }
        if (!first(headers, "X-Forwarded-Proto")
                .map(text -> SCHEME.matcher(text).matches())
                .orElse(true)) {
            return Optional.of("invalid X-Forwarded-Proto");
        }
        return Optional.empty();
    }

    private static Optional<String> first(HttpHeaders headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            return Optional.empty();
        }
        int comma = value.indexOf(',');
        return Optional.of((comma < 0 ? value : value.substring(0, comma)).strip());
    }

    private static boolean isAuthority(String text) {
        if (!AUTHORITY.matcher(text).matches()) {
            return false;
        }
        int colon = text.lastIndexOf(':');
        return colon < 0 || text.endsWith("]") || isPort(text.substring(colon + 1));
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT;
    }
}
