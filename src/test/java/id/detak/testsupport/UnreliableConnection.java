package id.detak.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy between a program and its PostgreSQL that can be slow, swallow all data, or close its connections. */
public final class UnreliableConnection implements AutoCloseable {

    /** How the proxy treats existing and new connections. */
    public enum State {
        WHOLE,
        SLOW,
        SWALLOWING,
        CUT
    }

    private static final Duration SLOWNESS = Duration.ofMillis(40);

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;

    /** @param target the port of PostgreSQL on the loopback */
    public UnreliableConnection(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        thread("wire", this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Connections that swallowed data are closed, because they cannot continue. */
    public void become(State next) {
        State before = state;
        state = next;
        if (next == State.CUT || before == State.SWALLOWING) {
            open.forEach(UnreliableConnection::close);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (state == State.CUT) {
                    client.close();
                    continue;
                }
                Socket server = serverFor(client);
                for (Socket socket : new Socket[] {client, server}) {
                    socket.setTcpNoDelay(true);
                    open.add(socket);
                }
                thread("wire-up", () -> pump(client, server));
                thread("wire-down", () -> pump(server, client));
            } catch (IOException e) {
                // PostgreSQL is down, or the wire is closed
            }
        }
    }

    /** Connects to the server, or closes the client's connection if there is none. */
    private Socket serverFor(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (state == State.SLOW) {
                    PackagedDetak.pause(SLOWNESS);
                }
                if (state != State.SWALLOWING) {
                    out.write(buffer, 0, count);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // one side closed the connection
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // already closed
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        become(State.CUT);
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
