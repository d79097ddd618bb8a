package id.detak.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs an action when a request is over. The end handlers of Vert.x run once: a handler that is added by a worker after
 * the client has reset the connection is never called.
 */
public final class RequestEnd {

    private RequestEnd() {}

    /**
     * Runs the action exactly once: when the response is complete or the connection is closed, whichever comes first.
     * If either has already happened, the action still runs.
     */
    public static void then(RoutingContext context, Runnable action) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                action.run();
            }
        };
        Channel channel = channel(context);
        ChannelFutureListener closed = future -> once.run();
        context.addEndHandler(end -> {
            // a connection serves many requests
            channel.closeFuture().removeListener(closed);
            once.run();
        });
        channel.closeFuture().addListener(closed);
        if (context.response().ended()) {
            once.run();
        }
    }

    /** Whether the client can no longer be reached. The socket knows this before the response does. */
    static boolean isGone(RoutingContext context) {
        return !channel(context).isActive() || context.response().closed();
    }

    private static Channel channel(RoutingContext context) {
        return ((ConnectionBase) context.request().connection()).channel();
    }
}
