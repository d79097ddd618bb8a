package id.detak.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at each connection before Vert.x does: closes it beyond {@link ClientConnections}, and puts
 * {@link MalformedRequests} behind the decoder. Netty finds this class as a service, if its property
 * {@code io.netty.bootstrap.extensions} is {@code serviceload}. Quarkus and Vert.x have no place for it: some requests
 * fail in their code before the first filter runs, and connections without a request never reach one.
 */
public final class ConnectionGuard extends ChannelInitializerExtension {

    /** The property that makes Netty use this class; must be set before Netty is used. */
    public static final String PROPERTY = EXTENSIONS_SYSTEM_PROPERTY;

    public static final String PROPERTY_VALUE = "serviceload";

    private static final String DECODER = "httpDecoder";

    /** Null until the application has started. */
    private static volatile ClientConnections limits;

    static void use(ClientConnections chosen) {
        limits = chosen;
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        ClientConnections now = limits;
        if (now == null) {
            return;
        }
        connection.pipeline().addFirst(now.admit(connection) ? new Installer() : new Refusal());
    }

    /** Closes the connection as soon as it is registered with its event loop; before, Netty would log a warning. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            context.close();
        }
    }

    /** Waits until Vert.x has added its decoder, which may be after a TLS handshake. */
    private static final class Installer extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (context.pipeline().get(DECODER) != null) {
                context.pipeline().addAfter(DECODER, "detak-malformed", new MalformedRequests());
                context.fireChannelRead(bytes);
                context.pipeline().remove(this);
            } else {
                context.fireChannelRead(bytes);
            }
        }
    }
}
