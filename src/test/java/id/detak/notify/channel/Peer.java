package id.detak.notify.channel;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that may misbehave in any way. */
final class Peer implements AutoCloseable {
    /** One connection; it closes when this returns. */
    interface Script {
        void play(Line line) throws Exception;
    }

    /** Both directions of one connection. */
    record Line(Socket socket, BufferedReader in, OutputStream out) {
        static Line over(Socket socket) throws IOException {
            return new Line(
                    socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)),
                    socket.getOutputStream());
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void waitForHangUp() throws IOException {
            while (in.read() >= 0) {
                continue;
            }
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Script script;

    private Peer(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::acceptAll);
    }

    static Peer playing(Script script) {
        return new Peer(script);
    }

    /** Reads the head of a request, answers, and waits for the client to hang up. */
    static Peer answering(String answer) {
        return playing(line -> {
            head(line);
            line.send(answer);
            line.waitForHangUp();
        });
    }

    static void head(Line line) throws IOException {
        for (String next = line.in().readLine();
                next != null && !next.isEmpty();
                next = line.in().readLine()) {
            continue;
        }
    }

    static void forEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** A mail server that answers each command by its first word, with 250 unless an answer is given. */
    static Peer mailServer(java.util.Map<String, String> answers) {
        Peer[] self = new Peer[1];
        self[0] = playing(line -> {
            line.send(answers.getOrDefault("greeting", "220 mail.test ESMTP\r\n"));
            boolean data = false;
            for (String next = line.in().readLine();
                    next != null;
                    next = line.in().readLine()) {
                self[0].heard.add(next);
                if (data && !next.equals(".")) {
                    continue;
                }
                String command = data ? "end" : answers.containsKey(next) ? next : next.split("[ :]")[0];
                data = command.equals("DATA") && !answers.containsKey("DATA");
                String answer = answers.getOrDefault(
                        command, data ? "354 go on\r\n" : command.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
                if (answer.equals("hang")) {
                    line.waitForHangUp();
                    return;
                }
                line.send(answer);
            }
        });
        return self[0];
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "http://hook.test:" + port() + path;
    }

    /** Waits until every client has hung up; fails if one does not. */
    boolean allHungUp() {
        Receiver.await("all clients hang up", PATIENCE, () -> open.get() == 0);
        return true;
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.incrementAndGet();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.play(Line.over(socket));
        } catch (Exception e) {
            // the client left, or the test is over
        } finally {
            open.decrementAndGet();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
