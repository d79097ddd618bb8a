package id.detak.capture.fetch;

import id.detak.testsupport.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose responses are written byte by byte; its robots.txt is always 404. */
final class RawServer implements AutoCloseable {
    /** Writes the response to a page; the connection closes when it returns. */
    interface Script {
        void play(OutputStream out) throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket socket;
    private final Script script;
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger pagesAsked = new AtomicInteger();

    private RawServer(Script script) {
        this.script = script;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::acceptAll);
    }

    static RawServer playing(Script script) {
        return new RawServer(script);
    }

    /** Sends the text, then nothing while the connection stays open. */
    static RawServer stallingAfter(String text) {
        return playing(out -> {
            send(out, text);
            new CountDownLatch(1).await();
        });
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    FetchRequest page() {
        return Fetching.request(url("/"));
    }

    String url(String path) {
        return "http://localhost:" + socket.getLocalPort() + path;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.incrementAndGet();
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = head(in);
            if (first != null && first.contains("/robots.txt")) {
                send(
                        connection.getOutputStream(),
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            if (first == null) {
                return;
            }
            pagesAsked.incrementAndGet();
            Thread player = daemon(() -> play(connection));
            // any other input is the client's end of the connection
            Thread watcher = daemon(() -> {
                try {
                    while (in.read() >= 0) {
                        continue;
                    }
                } catch (IOException e) {
                    // a reset is an end, too
                }
                player.interrupt();
            });
            player.join();
            connection.close();
            watcher.join();
        } catch (IOException | InterruptedException e) {
            // the client went
        } finally {
            open.decrementAndGet();
        }
    }

    private void play(Socket connection) {
        try {
            script.play(connection.getOutputStream());
        } catch (Exception e) {
            // the client went, or the test is over
        }
    }

    private static String head(BufferedReader in) throws IOException {
        String first = in.readLine();
        for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {
            continue;
        }
        return first;
    }

    /** Waits until every client has closed its connection; fails if one does not. */
    boolean allHungUp() {
        Receiver.await("all clients hang up", PATIENCE, () -> open.get() == 0);
        return true;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
