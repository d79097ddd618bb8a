package id.detak.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * File locks between processes that also work within one process.
 *
 * <p>A POSIX lock belongs to the process, and is released as soon as the process closes <em>any</em> descriptor of the
 * file, even one that never held it. So a JVM has one channel per file. The static map keeps it, and the system
 * property shares it with other class loaders (quarkus:dev has several). For the same reason the lock files contain no
 * text that a user might open and read.
 */
public final class FileLocks {

    /** Releases the lock when closed; closing again does nothing. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private static final Map<Path, Entry> OPEN = new HashMap<>();

    private FileLocks() {}

    /**
     * Acquires an exclusive lock; empty if another process holds one. @throws UserException if the file system does not
     * support locks
     */
    public static Optional<Held> tryExclusive(Path file) {
        return acquire(file, false);
    }

    /**
     * Acquires a shared lock; empty if another process holds an exclusive one. @throws UserException if the file system
     * does not support locks
     */
    public static Optional<Held> tryShared(Path file) {
        return acquire(file, true);
    }

    private static Optional<Held> acquire(Path file, boolean shared) {
        synchronized (OPEN) {
            Entry entry = OPEN.get(file);
            if (entry != null) {
                return shared && entry.shared ? Optional.of(entry.hold()) : Optional.empty();
            }
            if (System.getProperties().putIfAbsent(property(file), "held") != null) {
                return Optional.empty();
            }
            entry = lock(file, shared);
            if (entry == null) {
                System.clearProperty(property(file));
                return Optional.empty();
            }
            OPEN.put(file, entry);
            return Optional.of(entry.hold());
        }
    }

    private static Entry lock(Path file, boolean shared) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return new Entry(file, channel, shared);
            }
            channel.close();
            return null;
        } catch (IOException | OverlappingFileLockException e) {
            System.clearProperty(property(file));
            closeQuietly(channel);
            throw new UserException("The file " + file + " cannot be locked (" + e
                    + "): put the data folder (DETAK_DATA) on a local disk that this user may write to.");
        }
    }

    private static String property(Path file) {
        return "id.detak.platform.lock:" + file;
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // the descriptor is closed in any case, and the lock with it
        }
    }

    private static final class Entry {
        private final Path file;
        private final FileChannel channel;
        private final boolean shared;
        private int holders;

        private Entry(Path file, FileChannel channel, boolean shared) {
            this.file = file;
            this.channel = channel;
            this.shared = shared;
        }

        private Held hold() {
            holders++;
            boolean[] released = {false};
            return () -> {
                synchronized (OPEN) {
                    if (!released[0]) {
                        released[0] = true;
                        release();
                    }
                }
            };
        }

        private void release() {
            if (--holders == 0) {
                OPEN.remove(file);
                closeQuietly(channel);
                System.clearProperty(property(file));
            }
        }
    }
}
