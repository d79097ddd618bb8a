package id.detak.capture.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads a body up to a limit and closes the connection beyond it, so that no server can fill the heap. Bytes are copied
 * out of the client's buffers, which take 16 KiB each even if a server sends byte by byte.
 */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final BodyLimit limit;
    private final Plan plan;
    private volatile Subscription subscription;
    private volatile boolean stopped;

    private enum Plan {
        READ,
        IGNORE,
        REFUSE
    }

    private LimitedBody(BodyLimit limit, Plan plan) {
        this.limit = limit;
        this.plan = plan;
    }

    /** @param declared the Content-Length, or -1; a body that declares too much is not read at all */
    static LimitedBody reading(BodyLimit limit, long declared) {
        return new LimitedBody(limit, declared > limit.bytes() && !limit.cuts() ? Plan.REFUSE : Plan.READ);
    }

    /** A body that is not needed. Closes the connection instead of waiting for a body that may stall. */
    static LimitedBody ignoring() {
        return new LimitedBody(null, Plan.IGNORE);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        if (stopped) {
            subscription.cancel();
            return;
        }
        switch (plan) {
            case READ -> subscription.request(1);
            case IGNORE -> {
                subscription.cancel();
                whole.complete(new byte[0]);
            }
            case REFUSE -> {
                subscription.cancel();
                whole.completeExceptionally(new TooLarge());
            }
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int room = limit.bytes() - taken.size();
            byte[] bytes = new byte[Math.min(room, buffer.remaining())];
            buffer.get(bytes);
            taken.write(bytes, 0, bytes.length);
            if (buffer.hasRemaining()) {
                full();
                return;
            }
        }
        subscription.request(1);
    }

    private void full() {
        subscription.cancel();
        if (limit.cuts()) {
            whole.complete(taken.toByteArray());
        } else {
            whole.completeExceptionally(new TooLarge());
        }
    }

    @Override
    public void onError(Throwable error) {
        whole.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        whole.complete(taken.toByteArray());
    }

    /** Aborts the body at the deadline. */
    void stop() {
        stopped = true;
        Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
        whole.cancel(false);
    }

    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
