package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request whose end, host or origin can be read in two ways is refused, and what follows it on the connection is not
 * read as another request. Connections beyond the limit are closed. Only the packaged program has the guard, since
 * Netty cannot see it in tests of Quarkus.
 */
class ConnectionGuardIT {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int CONNECTIONS = 30;
    private static final String NEXT = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path folder;

    private static Origin site;
    private static RunningDetak running;
    private static int port;

    @BeforeAll
    static void start() {
        site = Origin.of(path -> Answer.page(Pages.strip("LQ45 900,00 -9,00 -0,99%")));
        PackagedDetak detak = PackagedDetak.on(folder)
                .with("DETAK_SOURCE_URL", site.url("/"))
                .with("DETAK_CONNECTIONS", CONNECTIONS)
                .with("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true")
                .with("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1");
        running = detak.serve();
        port = detak.httpPort();
    }

    @AfterAll
    static void stop() {
        running.close();
        site.close();
        assertThat(running.output()).doesNotContain(" ERROR ", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, xchunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Transfer-Encoding: chunked\r\n , x\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length : 5\r\n",
                "Content-Length:\r\n",
                "X: a\rTransfer-Encoding: chunked\r\n"
            })
    void ambiguousLengthsAreRefused(String headers) throws IOException {
        String answers = answers("POST /sign-in HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n0\r\n\r\n" + NEXT);
        assertThat(answers).startsWith("HTTP/1.1 400");
        assertThat(answers.split("HTTP/1\\.1 ", -1)).as("answers").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: localhost\n\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \r\n\r\n",
                "GET / HTTP/1.1\r\nHost: <\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:99999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:x\r\n\r\n",
                "GET /?x=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%E0%A4%A HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Port: abc\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Port: 99999999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: <\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: <>\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: \r\n\r\n"
            })
    void malformedRequestsAreRefused(String request) throws IOException {
        assertThat(answers(request)).matches("(?s)HTTP/(1\\.[01]|9.9) 400.*");
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> {
                open.add(new Socket("127.0.0.1", port));
                return open.size() > CONNECTIONS && isClosed(open.get(open.size() - 1));
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await("there is room again").atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> answers(
                        "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 200"));
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Everything that the server sends until it closes the connection. */
    private static String answers(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return ""; // refused or reset
        }
    }
}
