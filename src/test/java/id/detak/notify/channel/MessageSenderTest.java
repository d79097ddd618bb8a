package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.SHORT;
import static id.detak.notify.channel.ChannelFixture.late;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sendUntil;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.platform.net.Resolver;
import id.detak.testsupport.BesideTheApplication;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the receiver does, a result comes back in time and shows no secret. */
@Timeout(120)
@BesideTheApplication
class MessageSenderTest {
    private static final String PATH = "/canary-path?canary-query";

    static Stream<Arguments> answers() {
        return Stream.of(
                answer("500 canary", "", "canary", "hook.test answered 500.", null),
                answer("404 Not Found", "", "canary", "hook.test answered 404.", null),
                answer("400 Bad", "Retry-After: canary", "", "hook.test answered 400.", null),
                answer("429 Slow", "Retry-After: 120", "", "hook.test answered 429.", Duration.ofMinutes(2)),
                answer("429 Slow", "Retry-After: -1", "", "hook.test answered 429.", null),
                answer(
                        "503 Slow",
                        "Retry-After: 99999999999999999999999",
                        "",
                        "hook.test answered 503.",
                        Duration.ofDays(1)),
                answer(
                        "429 Slow",
                        "Retry-After: Mon, 02 Mar 2026 02:16:00 GMT",
                        "",
                        "hook.test answered 429.",
                        Duration.ofMillis(29_100)),
                answer(
                        "429 Slow",
                        "Date: Mon, 02 Mar 2026 05:00:00 GMT\r\nRetry-After: Mon, 02 Mar 2026 05:00:30 GMT",
                        "",
                        "hook.test answered 429.",
                        Duration.ofSeconds(30)),
                answer(
                        "429 Slow",
                        "Retry-After: Mon, 02 Mar 2020 02:16:00 GMT",
                        "",
                        "hook.test answered 429.",
                        Duration.ZERO),
                answer(
                        "304 Not Modified",
                        "",
                        "",
                        "hook.test answered 304; redirects are not followed, so give the address that it leads to.",
                        null));
    }

    private static Arguments answer(String status, String headers, String body, String reason, Duration retryAfter) {
        String head = "HTTP/1.1 " + status + "\r\n" + (headers.isEmpty() ? "" : headers + "\r\n");
        return Arguments.of(
                head + "X-Canary: canary\r\nContent-Length: " + body.length() + "\r\n\r\n" + body, reason, retryAfter);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void failuresHaveTheStatusAndHowLongToWait(String answer, String reason, Duration retryAfter) throws Exception {
        try (Peer peer = Peer.answering(answer)) {
            assertThat(notTaken(post(peer, LONG))).isEqualTo(new SendResult.NotTaken(reason, retryAfter));
            assertThat(peer.accepted).hasValue(1);
            assertThat(peer.allHungUp()).isTrue();
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (Peer inner = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                try (Peer peer = Peer.answering("HTTP/1.1 " + status + " Go\r\nLocation: http://127.0.0.1:"
                        + inner.port() + "/canary\r\nContent-Length: 0\r\n\r\n")) {
                    assertThat(notTaken(post(peer, LONG)).reason())
                            .isEqualTo("hook.test answered " + status
                                    + "; redirects are not followed, so give the address that it leads to.");
                }
            }
            assertThat(inner.accepted).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "201 Created", "202 Accepted", "204 No Content"})
    void every2xxIsTaken(String status) throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
            taken(post(peer, LONG));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
    void closesTheConnectionIfNoAnswerComesInTime(String begin) throws Exception {
        try (Peer peer = Peer.answering(begin)) {
            late(sendUntil(() -> peer.accepted.get() > 0, "hook.test", () -> post(peer, SHORT)), "hook.test");
            assertThat(peer.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "500 Bad"})
    void doesNotWaitForAnEndlessBody(String status) throws Exception {
        try (Peer peer = Peer.playing(line -> {
            Peer.head(line);
            line.send("HTTP/1.1 " + status + "\r\n\r\n");
            while (true) {
                line.send("canary");
                Thread.sleep(20);
            }
        })) {
            SendResult outcome = status.startsWith("2")
                    ? new SendResult.Taken()
                    : new SendResult.NotTaken("hook.test answered 500.", null);
            // an hour would be more than the test may take
            assertThat(post(peer, Duration.ofHours(1))).isEqualTo(outcome);
            assertThat(peer.allHungUp()).isTrue();
            // on a busy machine, even the status may come too late for so short a limit; the body must not
            SendResult inShort = await().atMost(LONG)
                    .pollInSameThread()
                    .until(() -> post(peer, SHORT), tried -> !ChannelFixture.isLate(tried, "hook.test"));
            assertThat(inShort).isEqualTo(outcome);
            assertThat(peer.allHungUp()).isTrue();
        }
    }

    @Test
    void endlessHeadersEndAtTheTimeLimit() throws Exception {
        try (Peer peer = Peer.playing(line -> {
            Peer.head(line);
            line.send("HTTP/1.1 200 OK\r\n");
            while (true) {
                line.send("X: canary\r\n");
                Thread.sleep(50);
            }
        })) {
            late(sendUntil(() -> peer.accepted.get() > 0, "hook.test", () -> post(peer, SHORT)), "hook.test");
            assertThat(peer.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 104857600\r\n\r\n", "\r\n", "Transfer-Encoding: chunked\r\n\r\n"})
    void readsOnlyTheBeginningOfAHugeAnswer(String rest) throws Exception {
        byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes();
        long[] sent = new long[1];
        try (Peer peer = Peer.playing(line -> {
            Peer.head(line);
            line.send("HTTP/1.1 503 Big\r\n" + rest);
            for (int i = 0; i < 1600; i++) {
                line.out().write(chunk);
                sent[0] += chunk.length;
            }
        })) {
            assertThat(notTaken(post(peer, LONG)).reason()).isEqualTo("hook.test answered 503.");
            assertThat(peer.allHungUp()).isTrue();
            assertThat(sent[0]).isLessThan(50_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 canary\r\n\r\n",
                "SSH-2.0-canary\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: canary\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nCon"
            })
    void reportsAnAnswerThatIsNotHttp(String all) throws Exception {
        try (Peer peer = Peer.playing(line -> {
            Peer.head(line);
            line.send(all);
        })) {
            assertThat(notTaken(post(peer, LONG)).reason())
                    .isEqualTo("The response of hook.test was cut off or invalid.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void reportsAReceiverThatHangsUp(int readFirst) throws Exception {
        try (Peer peer = Peer.playing(line -> {
            if (readFirst == 1) {
                Peer.head(line);
            }
        })) {
            assertThat(notTaken(post(peer, LONG)).reason())
                    .isIn(
                            "The response of hook.test was cut off or invalid.",
                            "No connection to hook.test could be made.");
        }
    }

    /** It may be there before the handlers are set. */
    @Test
    void noAnswerIsMissedHoweverFastItComes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            MessageSender sender = sender(LONG);
            List<Future<SendResult>> outcomes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                outcomes.add(threads.submit(
                        () -> sender.send(ChannelFixture.webhook(peer.url(PATH)), List.of(message("t")))));
            }
            for (Future<SendResult> outcome : outcomes) {
                taken(outcome.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void reportsAHugeHead() throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nX: " + "y".repeat(2_000_000))) {
            assertThat(notTaken(post(peer, LONG)).reason())
                    .isEqualTo("The response of hook.test was cut off or invalid.");
        }
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        try (Socket bound = new Socket()) { // it holds the port and does not listen
            bound.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = bound.getLocalPort();
            assertThat(notTaken(sender(LONG)
                                    .send(
                                            ChannelFixture.webhook("http://hook.test:" + port + PATH),
                                            List.of(message("t"))))
                            .reason())
                    .isEqualTo("No connection to hook.test could be made.");
            assertThat(notTaken(sender(LONG)
                                    .send(
                                            ChannelFixture.email(port, MailSecurity.NONE, "a@b.example"),
                                            List.of(message("t"))))
                            .reason())
                    .isEqualTo("No connection to mail.test could be made.");
        }
    }

    @Test
    void reportsAnUnknownHost() {
        Resolver none = host -> {
            throw new UnknownHostException("canary");
        };
        for (Resolver resolver : List.of(none, (Resolver) host -> List.of())) {
            MessageSender sender = sender(resolver, "", LONG);
            assertThat(notTaken(sender.send(ChannelFixture.webhook("http://HOOK.test./canary"), List.of(message("t"))))
                            .reason())
                    .isEqualTo("The host hook.test could not be found.");
            assertThat(notTaken(sender.send(
                                    ChannelFixture.email(25, MailSecurity.NONE, "a@b.example"), List.of(message("t"))))
                            .reason())
                    .isEqualTo("The host mail.test could not be found.");
            assertThat(notTaken(sender.send(new Telegram("1:canary", "5"), List.of(message("t"))))
                            .reason())
                    .isEqualTo("The host api.telegram.org could not be found.");
        }
    }

    @Test
    void manyHangingLookUpsEndAtTheTimeLimit() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Resolver hanging = host -> {
            while (end.getCount() > 0) {
                try {
                    end.await(); // like the JDK's, it ignores interrupts
                } catch (InterruptedException e) {
                    continue;
                }
            }
            throw new UnknownHostException(host);
        };
        MessageSender sender = sender(hanging, "", SHORT);
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<SendResult>> outcomes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                outcomes.add(threads.submit(
                        () -> sender.send(ChannelFixture.webhook("http://hook.test/canary"), List.of(message("t")))));
            }
            List<String> reasons = new ArrayList<>();
            for (Future<SendResult> outcome : outcomes) {
                reasons.add(notTaken(outcome.get()).reason());
            }
            assertThat(reasons)
                    .containsOnly(
                            "The receiver could not be found or did not answer within 250 ms.",
                            "Too many messages are being sent already.");
            assertThat(reasons)
                    .filteredOn(reason -> reason.startsWith("Too many"))
                    .hasSize(8);
        } finally {
            end.countDown();
            threads.shutdown();
        }
    }

    @Test
    void triesTheNextAddressIfOneRefuses() throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                Peer mail = Peer.mailServer(java.util.Map.of())) {
            Resolver two = host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1"));
            taken(sender(two, "127.0.0.0/8", LONG).send(ChannelFixture.webhook(peer.url(PATH)), List.of(message("t"))));
            taken(sender(two, "127.0.0.0/8", LONG)
                    .send(ChannelFixture.email(mail.port(), MailSecurity.NONE, "a@b.example"), List.of(message("t"))));
            assertThat(peer.accepted).hasValue(1);
        }
    }

    @Test
    void anInterruptEndsTheAttemptAndIsKept() throws Exception {
        try (Peer peer = Peer.answering("")) {
            Thread me = Thread.currentThread();
            new Thread(() -> {
                        while (peer.accepted.get() == 0) {
                            Thread.onSpinWait();
                        }
                        me.interrupt();
                    })
                    .start();
            SendResult outcome = post(peer, LONG);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(notTaken(outcome).reason()).isEqualTo("The sending was interrupted.");
            assertThat(peer.allHungUp()).isTrue();
        }
    }

    private static SendResult post(Peer peer, Duration whole) {
        return sender(whole).send(ChannelFixture.webhook(peer.url(PATH)), List.of(message("t")));
    }
}
