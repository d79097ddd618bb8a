package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ForwardProxy;
import id.detak.testsupport.TestCertificate;
import id.detak.testsupport.TestProxy;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The certificate must match the host's name, although the connection is made to an address. */
@Timeout(120)
@BesideTheApplication
class MessageSenderTlsTest {
    @TempDir
    static Path temporary;

    private static SSLContext server;
    private static X509TrustManager trusting;

    @BeforeAll
    static void makeCertificate() throws Exception {
        TestCertificate certificate = TestCertificate.of(temporary, "dns:good.test,dns:mail.test,ip:127.0.0.1");
        server = certificate.server();
        trusting = certificate.trusting();
    }

    @Test
    void aHookIsTakenByItsNameAndByNoOther() throws Exception {
        List<String> hosts = new CopyOnWriteArrayList<>();
        try (Peer hook = Peer.playing(line -> {
            Peer.Line secure = secured(line);
            for (String next = secure.in().readLine();
                    next != null && !next.isEmpty();
                    next = secure.in().readLine()) {
                if (next.toLowerCase().startsWith("host:")) {
                    hosts.add(next.substring(6));
                }
            }
            secure.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            secure.waitForHangUp();
        })) {
            taken(trustingSender()
                    .send(
                            ChannelFixture.webhook("https://good.test:" + hook.port() + "/canary"),
                            List.of(message("t"))));
            taken(trustingSender()
                    .send(
                            ChannelFixture.webhook("https://GOOD.test.:" + hook.port() + "/canary"),
                            List.of(message("t"))));
            taken(trustingSender()
                    .send(
                            ChannelFixture.webhook("https://127.0.0.1:" + hook.port() + "/canary"),
                            List.of(message("t"))));
            assertThat(hosts)
                    .containsExactly(
                            "good.test:" + hook.port(), "good.test:" + hook.port(), "127.0.0.1:" + hook.port());
            assertThat(notTaken(trustingSender()
                                    .send(
                                            ChannelFixture.webhook("https://evil.test:" + hook.port() + "/canary"),
                                            List.of(message("t"))))
                            .reason())
                    .isEqualTo(
                            "No secure connection to evil.test could be made: its certificate or TLS is not accepted.");
            assertThat(notTaken(sender(LONG)
                                    .send(
                                            ChannelFixture.webhook("https://good.test:" + hook.port() + "/canary"),
                                            List.of(message("t"))))
                            .reason())
                    .isEqualTo(
                            "No secure connection to good.test could be made: its certificate or TLS is not accepted.");
            assertThat(hosts).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MailSecurity.class,
            names = {"TLS", "STARTTLS"})
    void aMailGoesOnlyToTheServerOfThatName(MailSecurity security) throws Exception {
        List<String> secretly = new CopyOnWriteArrayList<>();
        List<String> openly = new CopyOnWriteArrayList<>();
        try (Peer server = Peer.playing(line -> {
            Peer.Line talk = line;
            if (security == MailSecurity.STARTTLS) {
                line.send("220 canary\r\n");
                openly.add(line.in().readLine());
                line.send("250-mail.test\r\n250 STARTTLS\r\n");
                openly.add(line.in().readLine());
                line.send("220 go\r\n");
                talk = secured(line);
            } else {
                talk = secured(line);
                talk.send("220 canary\r\n");
            }
            boolean data = false;
            for (String next = talk.in().readLine();
                    next != null;
                    next = talk.in().readLine()) {
                secretly.add(next);
                if (!data || next.equals(".")) {
                    data = next.equals("DATA");
                    talk.send(
                            data
                                    ? "354 go\r\n"
                                    : next.startsWith("EHLO")
                                            ? "250-mail.test\r\n250 AUTH PLAIN\r\n"
                                            : next.startsWith("AUTH") ? "235 ok\r\n" : "250 ok\r\n");
                }
            }
        })) {
            taken(trustingSender().send(email("mail.test", server.port(), security), List.of(message("t"))));
            assertThat(secretly)
                    .contains("MAIL FROM:<a@b.example>", "DATA")
                    .anyMatch(next -> next.startsWith("AUTH PLAIN "));
            secretly.clear();
            assertThat(notTaken(trustingSender()
                                    .send(email("evil.test", server.port(), security), List.of(message("t"))))
                            .reason())
                    .isEqualTo(
                            "No secure connection to evil.test could be made: its certificate or TLS is not accepted.");
            assertThat(notTaken(sender(LONG).send(email("mail.test", server.port(), security), List.of(message("t"))))
                            .reason())
                    .isEqualTo(
                            "No secure connection to mail.test could be made: its certificate or TLS is not accepted.");
            assertThat(secretly).allMatch(next -> next.equals("QUIT")); // nothing but QUIT
            assertThat(openly).allMatch(next -> next.startsWith("EHLO") || next.equals("STARTTLS"));
        }
    }

    @Test
    void reportsAServerWithoutTls() throws Exception {
        try (Peer plain = Peer.playing(line -> line.send("HTTP/1.1 400 canary\r\n\r\n"));
                Peer mail = Peer.mailServer(Map.of())) {
            assertThat(notTaken(trustingSender()
                                    .send(
                                            ChannelFixture.webhook("https://good.test:" + plain.port() + "/canary"),
                                            List.of(message("t"))))
                            .reason())
                    .startsWith("No secure connection to good.test");
            assertThat(notTaken(trustingSender()
                                    .send(email("mail.test", mail.port(), MailSecurity.TLS), List.of(message("t"))))
                            .reason())
                    .startsWith("No secure connection to mail.test");
        }
    }

    /** The proxy looks the name up; the certificate must still match it. */
    @Test
    void hooksAreReachedThroughAProxyByName() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Peer hook = Peer.playing(line -> {
                    Peer.Line secure = secured(line);
                    asked.add(secure.in().readLine());
                    Peer.head(secure);
                    secure.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    secure.waitForHangUp();
                });
                ForwardProxy proxy = ForwardProxy.start()) {
            Resolver unknown = host -> {
                throw new UnknownHostException(host);
            };
            MessageSender sender = sender(
                    unknown,
                    "",
                    LONG,
                    MessageSender.TELEGRAM,
                    OutgoingConnection.trusting(trusting).through(TestProxy.at(proxy.port(), "me", "canary")));
            taken(sender.send(
                    ChannelFixture.webhook("https://good.test:" + hook.port() + "/hook"), List.of(message("t"))));
            assertThat(asked).containsExactly("POST /hook HTTP/1.1");
            assertThat(proxy.heads).singleElement().satisfies(head -> assertThat(head)
                    .startsWith("CONNECT good.test:" + hook.port() + " ")
                    .containsIgnoringCase("Proxy-Authorization: Basic bWU6Y2FuYXJ5"));
            assertThat(notTaken(sender.send(
                                    ChannelFixture.webhook("https://evil.test:" + hook.port() + "/hook"),
                                    List.of(message("t"))))
                            .reason())
                    .startsWith("No secure connection to evil.test");
        }
    }

    /** What this machine knows as internal is refused, though the proxy may reach it. */
    @Test
    void proxiesOpenNoWayIntoTheNetwork() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            MessageSender sender = sender(
                    ChannelFixture.toLoopback(),
                    "",
                    LONG,
                    MessageSender.TELEGRAM,
                    OutgoingConnection.DIRECT.through(TestProxy.at(proxy.port(), "me", "canary")));
            for (String host : List.of("good.test", "10.0.0.1", "169.254.169.254")) {
                assertThat(notTaken(sender.send(
                                        ChannelFixture.webhook("http://" + host + ":81/hook"), List.of(message("t"))))
                                .reason())
                        .contains("inside your network");
            }
            assertThat(proxy.heads).isEmpty();
        }
    }

    private static MessageSender trustingSender() {
        return sender(
                ChannelFixture.toLoopback(),
                "127.0.0.1",
                LONG,
                MessageSender.TELEGRAM,
                OutgoingConnection.trusting(trusting));
    }

    private static ChannelSettings email(String host, int port, MailSecurity security) {
        return new Email(List.of("c@d.example"), "a@b.example", host, port, security, "canary", "canary");
    }

    private static Peer.Line secured(Peer.Line line) throws Exception {
        SSLSocket socket = (SSLSocket) server.getSocketFactory().createSocket(line.socket(), null, false);
        socket.setUseClientMode(false);
        return Peer.Line.over(socket);
    }
}
