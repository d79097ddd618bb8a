package id.detak.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on the loopback. It connects to the requested port of this machine, whatever the requested host. */
public final class ForwardProxy implements AutoCloseable {

    private final ServerSocket server;
    /** The heads of the requests to the proxy. */
    public final List<String> heads = new CopyOnWriteArrayList<>();

    private ForwardProxy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::acceptAll);
    }

    public static ForwardProxy start() throws IOException {
        return new ForwardProxy();
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            String[] request = head.split(" ", 3);
            boolean tunnel = request[0].equals("CONNECT");
            String authority = tunnel ? request[1] : request[1].split("/", 4)[2];
            int port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
            try (Socket target = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                if (tunnel) {
                    send(client.getOutputStream(), "HTTP/1.1 200 OK\r\n\r\n");
                } else {
                    String path = request[1].substring(request[1].indexOf(authority) + authority.length());
                    send(target.getOutputStream(), request[0] + " " + path + " " + request[2]);
                }
                Thread back = daemon(() -> pipe(target, client));
                pipe(client, target);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // one side closed the connection
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one side closed the connection
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "forward-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
