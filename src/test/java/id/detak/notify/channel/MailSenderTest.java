package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.SHORT;
import static id.detak.notify.channel.ChannelFixture.email;
import static id.detak.notify.channel.ChannelFixture.late;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sendUntil;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail servers that refuse, stall or send nonsense. */
@Timeout(120)
@BesideTheApplication
class MailSenderTest {
    private static final String[] TWO = {"a@b.example", "c@d.example"};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "greeting                  | 554 canary  | mail.test answered 554.",
                "greeting                  | 421 canary  | mail.test answered 421.",
                "MAIL                      | 550 canary  | mail.test answered 550.",
                "RCPT                      | 550 canary  | mail.test answered 550.",
                "RCPT                      | 451 canary  | mail.test answered 451.",
                "RCPT TO:<a@b.example>     | 550 canary  | mail.test answered 550.",
                "RCPT TO:<c@d.example>     | 550 canary  | mail.test answered 550.",
                "RCPT TO:<a@b.example>     | 452 canary  | mail.test answered 452.",
                "DATA                      | 554 canary  | mail.test answered 554.",
                "end                       | 552 canary  | mail.test answered 552."
            })
    void reportsARefusalByItsCodeOnly(String command, String answer, String reason) throws Exception {
        try (Peer server = Peer.mailServer(Map.of(command, answer + "\r\n"))) {
            assertThat(notTaken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t")))))
                    .isEqualTo(new SendResult.NotTaken(reason, null));
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void sendsToNoOneIfOneRecipientIsRefused() throws Exception {
        try (Peer server = Peer.mailServer(Map.of("RCPT TO:<c@d.example>", "550 canary\r\n"))) {
            notTaken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t"))));
            assertThat(server.heard).doesNotContain("DATA");
        }
    }

    @Test
    void doesNotSendTheNameOfThisMachine() throws Exception {
        try (Peer server = Peer.mailServer(Map.of())) {
            taken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t"))));
            assertThat(server.heard.get(0)).isEqualTo("EHLO detak.example");
            assertThat(server.heard.get(1)).isEqualTo("MAIL FROM:<detak@detak.example>");
            assertThat(String.join("\n", server.heard))
                    .doesNotContain(java.net.InetAddress.getLocalHost().getHostName() + "\n", "Java", "127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "end"})
    void aHangingServerEndsAtTheTimeLimit(String command) throws Exception {
        try (Peer server = Peer.mailServer(
                command.equals("greeting") ? Map.of("greeting", "", "EHLO", "hang") : Map.of(command, "hang"))) {
            String heard = command.equals("end") ? "." : command;
            late(
                    sendUntil(
                            () -> command.equals("greeting")
                                    ? server.accepted.get() > 0
                                    : server.heard.stream().anyMatch(line -> line.startsWith(heard)),
                            "mail.test",
                            () -> sender(SHORT)
                                    .send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t")))),
                    "mail.test");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(MailSecurity.class)
    void aSilentServerEndsAtTheTimeLimit(MailSecurity security) throws Exception {
        try (Peer server = Peer.playing(Peer.Line::waitForHangUp)) {
            late(
                    sendUntil(() -> server.accepted.get() > 0, "mail.test", () -> sender(SHORT)
                            .send(email(server.port(), security, TWO), List.of(message("t")))),
                    "mail.test");
            assertThat(server.allHungUp()).isTrue();
        }
    }

    @Test
    void aSlowGreetingEndsAtTheTimeLimit() throws Exception {
        for (String drop : List.of("2", "220-canary\r\n")) {
            try (Peer server = Peer.playing(line -> {
                while (true) {
                    line.send(drop);
                    Thread.sleep(20);
                }
            })) {
                late(
                        sendUntil(() -> server.accepted.get() > 0, "mail.test", () -> sender(SHORT)
                                .send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t")))),
                        "mail.test");
                assertThat(server.allHungUp()).isTrue();
            }
        }
    }

    @Test
    void anEndlessGreetingDoesNotFillTheMemory() throws Exception {
        byte[] much = "220-canary canary canary\r\n".repeat(4000).getBytes();
        long[] sent = new long[1];
        try (Peer server = Peer.playing(line -> {
            while (true) {
                line.out().write(much);
                sent[0] += much.length;
            }
        })) {
            assertThat(notTaken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t"))))
                            .reason())
                    .isEqualTo("The response of mail.test was cut off or invalid.");
            assertThat(server.allHungUp()).isTrue();
            assertThat(sent[0]).isLessThan(16_000_000); // what lies in the buffers of the machine;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary\r\n", "HTTP/1.1 400 canary\r\n\r\n", "220", "\u0000\u0001"})
    void reportsAServerThatSendsNonsense(String greeting) throws Exception {
        try (Peer server = Peer.playing(line -> line.send(greeting))) {
            notTaken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t"))));
        }
    }

    @Test
    void aMailIsTakenEvenIfQuitHangs() throws Exception {
        try (Peer server = Peer.mailServer(Map.of("QUIT", "hang"))) {
            taken(sender(LONG).send(email(server.port(), MailSecurity.NONE, TWO), List.of(message("t"))));
        }
    }

    @Test
    void sendsNoPasswordIfStartTlsIsStripped() throws Exception {
        try (Peer server = Peer.mailServer(Map.of("EHLO", "250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n"))) {
            ChannelSettings settings = new Email(
                    List.of(TWO), "a@b.example", "mail.test", server.port(), MailSecurity.STARTTLS, "canary", "canary");
            assertThat(notTaken(sender(LONG).send(settings, List.of(message("t"))))
                            .reason())
                    .isEqualTo("mail.test does not support STARTTLS: set security to tls or none.");
            assertThat(server.heard).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void sendsNoPasswordIfStartTlsIsRefused() throws Exception {
        try (Peer server = Peer.mailServer(Map.of(
                "EHLO", "250-mail.test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n", "STARTTLS", "454 canary\r\n"))) {
            ChannelSettings settings = new Email(
                    List.of(TWO), "a@b.example", "mail.test", server.port(), MailSecurity.STARTTLS, "canary", "canary");
            assertThat(notTaken(sender(LONG).send(settings, List.of(message("t"))))
                            .reason())
                    .isEqualTo("mail.test answered 454.");
            assertThat(server.heard).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }
}
