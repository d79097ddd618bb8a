package id.detak.series.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads rows into batches in its own thread. */
final class BatchReader implements Runnable {

    /** @param failure the exception that ended reading, or null */
    private record Delivery(Batch batch, boolean last, Throwable failure) {}

    private final RowSource.Opener opener;
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(1);
    private Batch batch = new Batch();
    private Delivery last;

    BatchReader(RowSource.Opener opener) {
        this.opener = opener;
    }

    /**
     * @return null at the end
     * @throws IOException after the last batch, if the file could not be read to its end
     */
    Batch next() throws IOException, InterruptedException {
        if (last == null) {
            Delivery delivery = queue.take();
            last = delivery.last ? delivery : null;
            return delivery.batch;
        }
        if (last.failure instanceof IOException e) {
            throw e;
        }
        if (last.failure instanceof RuntimeException e) {
            throw e;
        }
        if (last.failure != null) {
            throw new IllegalStateException(last.failure);
        }
        return null;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try (RowSource rows = opener.open()) {
            failure = read(rows);
            batch = rows.complete(batch);
        } catch (InterruptedException e) {
            return;
        } catch (Exception | Error e) {
            failure = failure == null ? e : failure;
        }
        try {
            queue.put(new Delivery(batch, true, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return why it ended early, or null */
    private Throwable read(RowSource rows) throws InterruptedException {
        try {
            while (rows.addNext(batch)) {
                if (batch.isFull()) {
                    queue.put(new Delivery(rows.complete(batch), false, null));
                    batch = new Batch();
                }
            }
            return null;
        } catch (UncheckedIOException e) {
            return e.getCause();
        } catch (RuntimeException | Error e) {
            return e;
        }
    }
}
