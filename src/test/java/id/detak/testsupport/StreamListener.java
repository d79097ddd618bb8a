package id.detak.testsupport;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Listens to the stream of a process, reconnects when it breaks, and remembers the events. */
public final class StreamListener implements AutoCloseable {

    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Thread thread = new Thread(this::listenOn, "stream-listener");
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /**
     * A connection from its first event to its end. The quotes of an attempt follow it; newer ones may have replaced
     * some or all of them.
     */
    public static final class Connection {

        private final Instant since = Instant.now();
        private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
        private volatile Instant until = Instant.MAX;

        public Instant since() {
            return since;
        }

        public Instant until() {
            return until;
        }

        public List<Attempt> attempts() {
            return attempts;
        }
    }

    /** @param quotes the codes of its quotes */
    public record Attempt(UUID capture, Set<String> quotes) {}

    public StreamListener(int port) {
        url = URI.create("http://127.0.0.1:" + port + "/api/v1/stream");
        thread.setDaemon(true);
        thread.start();
    }

    public List<Connection> connections() {
        return connections;
    }

    private void listenOn() {
        while (!stopped) {
            try {
                HttpResponse<Stream<String>> answer =
                        CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofLines());
                if (answer.statusCode() == 200) {
                    listen(answer.body().iterator());
                }
            } catch (IOException e) {
                // the server is down
            } catch (InterruptedException e) {
                return;
            }
            PackagedDetak.pause(AGAIN_AFTER);
        }
    }

    private void listen(Iterator<String> lines) throws IOException {
        Connection connection = null;
        try {
            String event = "";
            UUID capture = null;
            Set<String> quotes = new HashSet<>();
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).strip();
                    if (connection == null) {
                        connection = new Connection();
                        connections.add(connection);
                    }
                } else if (line.startsWith("data:") && event.equals("quote")) {
                    var quote = JSON.readTree(line.substring("data:".length()));
                    capture = UUID.fromString(quote.get("captureId").asText());
                    quotes.add(quote.get("code").asText());
                } else if (line.startsWith("data:") && event.equals("source")) {
                    connection.attempts.add(new Attempt(capture, quotes));
                    capture = null;
                    quotes = new HashSet<>();
                }
            }
        } catch (UncheckedIOException e) {
            // the server was killed
        } finally {
            if (connection != null) {
                connection.until = Instant.now();
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
