package id.detak.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a program and its PostgreSQL, and now and then lets a COMMIT through and cuts the connection before
 * its answer: the worst of moments, since the program cannot know whether it took place.
 */
public final class CommitCutter implements AutoCloseable {

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final int target;
    private final Random random;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int percent;

    /** @param target the port of PostgreSQL on the loopback */
    public CommitCutter(int target, long seed) {
        this.target = target;
        this.random = new Random(seed);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        thread("cutter", this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many of a hundred commits are cut from now on. */
    public void cut(int ofAHundred) {
        percent = ofAHundred;
    }

    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                thread("cutter-up", () -> pump(client, server, true));
                thread("cutter-down", () -> pump(server, client, false));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                boolean cut = requests && holdsCommit(buffer, count) && dice() < percent;
                if (cut) {
                    from.shutdownOutput();
                    cuts.incrementAndGet();
                }
                out.write(buffer, 0, count);
                out.flush();
                if (cut) {
                    // PostgreSQL reads what it has been sent before it notices
                    PackagedDetak.pause(Duration.ofMillis(20));
                    return;
                }
            }
        } catch (IOException e) {
            // one of the two went away
        }
    }

    private synchronized int dice() {
        return random.nextInt(100);
    }

    private static boolean holdsCommit(byte[] buffer, int count) {
        for (int i = 0; i + COMMIT.length <= count; i++) {
            int same = 0;
            while (same < COMMIT.length && buffer[i + same] == COMMIT[same]) {
                same++;
            }
            if (same == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
