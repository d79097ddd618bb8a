package id.detak.testsupport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sends requests byte for byte, one after another, over one connection. Each waits for the answer to the one before it:
 * with pipelined requests, Vert.x can lose the answer after a file (eclipse-vertx/vert.x issue 2795).
 */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 60_000;

    private final URI site;
    private final int patienceMillis;

    public RawHttp(URI site) {
        this(site, PATIENCE_MILLIS);
    }

    public RawHttp(URI site, int patienceMillis) {
        this.site = site;
        this.patienceMillis = patienceMillis;
    }

    /** @param headers each with its line end */
    public String request(String method, String path, String headers) {
        String length = method.equals("GET") || method.equals("HEAD") ? "" : "Content-Length: 0\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\n" + length + headers + "\r\n";
    }

    /** @param head status line and headers */
    public record Answer(int status, String head) {}

    /** The status of each answer, in order. */
    public List<Integer> statuses(List<String> requests) throws IOException {
        return answers(requests).stream().map(Answer::status).toList();
    }

    /** The answers, in order. */
    public List<Answer> answers(List<String> requests) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<Answer> answers = new ArrayList<>();
            for (String request : requests) {
                try {
                    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                    answers.add(answer(in, request));
                } catch (IOException e) {
                    throw new IOException(
                            "No answer, after "
                                    + answers.stream().map(Answer::status).toList() + ", to " + request,
                            e);
                }
            }
            return answers;
        }
    }

    /**
     * The status of an answer that may have no end.
     *
     * @throws ClosedWhileSendingException if the server refused the rest of the request and its response was lost
     */
    public int statusAlone(String request) throws IOException {
        try (Socket socket = connect()) {
            SocketException unsent = null;
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException e) {
                unsent = e; // there may still be a response
            }
            try {
                String first = line(socket.getInputStream());
                if (first.isEmpty()) {
                    throw new SocketException("No answer");
                }
                return Integer.parseInt(first.split(" ")[1]);
            } catch (SocketException e) {
                throw unsent == null ? e : new ClosedWhileSendingException(e);
            }
        }
    }

    /** Thrown if the server closed the connection before it had the whole request. */
    public static final class ClosedWhileSendingException extends IOException {

        private ClosedWhileSendingException(SocketException cause) {
            super(cause);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(site.getHost(), site.getPort());
        socket.setSoTimeout(patienceMillis);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static Answer answer(InputStream in, String request) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            throw new IOException("No answer to " + request.lines().findFirst().orElse(""));
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        StringBuilder head = new StringBuilder(first).append('\n');
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            head.append(header).append('\n');
            String lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(lower.substring(15).strip())
                    : length;
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (status != 304 && !request.startsWith("HEAD ")) {
            in.skipNBytes(length);
            for (int chunk = chunked ? chunkLength(in) : 0; chunk > 0; chunk = chunkLength(in)) {
                in.skipNBytes(chunk + 2L);
            }
            if (chunked) {
                line(in);
            }
        }
        return new Answer(status, head.toString());
    }

    private static int chunkLength(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
