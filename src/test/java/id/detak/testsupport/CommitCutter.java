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
 * A proxy between a program and its PostgreSQL that sometimes cuts the connection after a COMMIT, before its answer.
 * This is the worst moment, since the program cannot know whether the commit succeeded.
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

    /** Sets how many of a hundred commits are cut from now on. */
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
                    // PostgreSQL reads everything that was sent before it notices the end
                    PackagedDetak.pause(Duration.ofMillis(20));
                    return;
                }
            }
        } catch (IOException e) {
            // one side closed the connection
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
