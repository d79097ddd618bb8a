package id.detak.platform.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how often a message is logged, so that strangers who cause a fault again and again cannot fill the disk.
 * Messages are the same if they have the same logger and text, whatever is inserted into the text.
 */
final class RepeatLimit {

    static final int PER_MINUTE = 60;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_MESSAGES = 1000;

    private final LongSupplier nanoTime;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_MESSAGES;
        }
    };

    private static final class Window {
        private long start;
        private int count;
    }

    RepeatLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a message.
     *
     * @return how many messages of its kind were left out before it, or -1 if it is left out itself
     */
    synchronized int count(String logger, String text) {
        long now = nanoTime.getAsLong();
        Window window = windows.get(logger + "\n" + text);
        if (window == null) {
            window = new Window();
            window.start = now;
            windows.put(logger + "\n" + text, window);
        }
        int leftOut = 0;
        if (now - window.start >= WINDOW_NANOS) {
            leftOut = Math.max(0, window.count - PER_MINUTE);
            window.start = now;
            window.count = 0;
        }
        window.count++;
        return window.count > PER_MINUTE ? -1 : leftOut;
    }
}
