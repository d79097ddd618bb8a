package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
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
    private static final String PASSWORD = "password";

    @TempDir
    static Path temporary;

    private static SSLContext server;
    private static X509TrustManager trusting;

    /** For good.test and mail.test, and for the address 127.0.0.1. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = temporary.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=detak",
                        "-validity",
                        "3650",
                        "-ext",
                        "san=dns:good.test,dns:mail.test,ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("out").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(temporary.resolve("out")))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        server = SSLContext.getInstance("TLS");
        server.init(own.getKeyManagers(), null, null);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trust);
        trusting = (X509TrustManager) others.getTrustManagers()[0];
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

    private static MessageSender trustingSender() {
        return sender(ChannelFixture.toLoopback(), "127.0.0.1", LONG, MessageSender.TELEGRAM, trusting);
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
