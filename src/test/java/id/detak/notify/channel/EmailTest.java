package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.email;
import static id.detak.notify.channel.ChannelFixture.json;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives in the mailbox, and which settings are accepted. */
@Timeout(120)
@BesideTheApplication
class EmailTest {
    private static final String JSON = "{'type':'email','to':'a@b.example','from':'a@b.example','host':'m.example',";
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @Test
    void sendsPlainTextWithTheSameIdAtEachAttempt() throws Exception {
        Message message = message(
                MessageEvent.FIRING,
                Severity.CRITICAL,
                "Rupiah melemah – äöü €",
                "USDIDR",
                "Kurs \u201cUSD\u201d naik 1,5%\n.\nFrom here");
        MimeMessage mail = send(email(port(), MailSecurity.NONE, "a@detak.example"), message);
        assertThat(mail.getSubject()).isEqualTo("Firing: USDIDR · Rupiah melemah – äöü €");
        assertThat(mail.getFrom()).extracting(Address::toString).containsExactly("detak@detak.example");
        assertThat(mail.getAllRecipients()).extracting(Address::toString).containsExactly("a@detak.example");
        assertThat(mail.getMessageID()).isEqualTo("<0195a3c0-0000-7000-8000-000000000001@detak>");
        assertThat(mail.getSentDate()).isEqualTo("2026-03-02T02:15:30Z");
        assertThat(mail.getHeader("Date", null)).isEqualTo("Mon, 2 Mar 2026 02:15:30 +0000");
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(mail.getContent())
                .isEqualTo("Kurs \u201cUSD\u201d naik 1,5%\r\n.\r\nFrom here\r\nhttps://detak.example/#/alerts/7");
        assertThat(send(email(port(), MailSecurity.NONE, "a@detak.example"), message)
                        .getMessageID())
                .isEqualTo(mail.getMessageID());
    }

    @Test
    void sendsSeveralMessagesAsOneMailWithItsOwnId() throws Exception {
        Message second = new Message(
                ChannelFixture.CAPTURE,
                MessageEvent.RESOLVED,
                null,
                "r",
                Severity.INFO,
                "IHSG",
                null,
                null,
                null,
                null,
                "two",
                null,
                null);
        MimeMessage mail = send(email(port(), MailSecurity.NONE, "a@detak.example"), message("one"), second);
        assertThat(mail.getSubject()).isEqualTo("2 alerts: USDIDR, IHSG");
        assertThat(mail.getMessageID())
                .isNotEqualTo("<0195a3c0-0000-7000-8000-000000000001@detak>")
                .isEqualTo(send(email(port(), MailSecurity.NONE, "a@detak.example"), message("one"), second)
                        .getMessageID());
        assertThat(mail.getContent())
                .isEqualTo(
                        "Firing: USDIDR · Rupiah falls (2 Mar 09:15 WIB)\r\none\r\nhttps://detak.example/#/alerts/7\r\n\r\nResolved: IHSG · r\r\ntwo");
    }

    @Test
    void neverCutsText() throws Exception {
        Message[] many = Collections.nCopies(100, message("x".repeat(2000))).toArray(Message[]::new);
        assertThat((String) send(email(port(), MailSecurity.NONE, "a@detak.example"), many)
                        .getContent())
                .satisfies(text -> assertThat(
                                text.length() > 200_000 && text.endsWith("xx\r\nhttps://detak.example/#/alerts/7"))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: evil@detak.example",
                "x\nBcc: evil@detak.example\n\nbody",
                "x\rBcc: evil@detak.example",
                "x\u0000\r\n.\r\nMAIL FROM:<evil@detak.example>",
                "x\r\n\r\n.\r\nQUIT\r\n",
                "=?utf-8?Q?x=0D=0ABcc:_evil@detak.example?=",
                "x\u2028Bcc: evil@detak.example",
                "x\u0085Bcc: evil@detak.example",
                "x\ud83d\r\nBcc: evil@detak.example",
                "a very long name, which is folded into several lines at its blanks,\r\n Bcc: evil@detak.example and so on and on and on and on"
            })
    void noTextBecomesAHeaderOrACommand(String hostile) throws Exception {
        MimeMessage mail = send(
                email(port(), MailSecurity.NONE, "a@detak.example"),
                message(MessageEvent.FIRING, Severity.INFO, hostile, hostile, hostile, hostile));
        assertThat(Collections.list(mail.getAllHeaders()))
                .extracting(Header::getName)
                .doesNotContain("Bcc")
                .contains("Subject", "Message-ID");
        assertThat(mail.getAllRecipients()).extracting(Address::toString).containsExactly("a@detak.example");
        assertThat(mail.getSubject()).startsWith("Firing: ").doesNotContain("\n", "\r", "\u0000");
    }

    @Test
    void sendsToEveryRecipient() throws Exception {
        taken(sender(LONG)
                .send(
                        email(port(), MailSecurity.NONE, "a@detak.example", "b+x@detak.example", "c@other.example"),
                        List.of(message("t"))));
        for (String to : List.of("a@detak.example", "b+x@detak.example", "c@other.example")) {
            assertThat(SERVER.getManagers()
                            .getImapHostManager()
                            .getInbox(SERVER.getUserManager().getUserByEmail(to))
                            .getMessages())
                    .as(to)
                    .hasSize(1);
        }
    }

    @Test
    void signsInAndNeverShowsAWrongPassword() {
        SERVER.setUser("login@detak.example", "user-canary", "password canary ä\"\\");
        ChannelSettings right = login("user-canary", "password canary ä\"\\");
        taken(sender(LONG).send(right, List.of(message("t"))));
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        assertThat(notTaken(sender(LONG).send(login("user-canary", "canary"), List.of(message("t"))))
                        .reason())
                .isEqualTo("mail.test does not accept the user name and password (535).");
        assertThat(notTaken(sender(LONG).send(login("canary", "canary"), List.of(message("t"))))
                        .reason())
                .startsWith("mail.test does not accept the user name and password");
    }

    @Test
    void sendsNothingToAServerWithoutTheRequiredTls() {
        SERVER.setUser("login2@detak.example", "user", "canary");
        for (MailSecurity security : List.of(MailSecurity.STARTTLS, MailSecurity.TLS)) {
            ChannelSettings settings = new Email(
                    List.of("a@detak.example"), "a@detak.example", "mail.test", port(), security, "user", "canary");
            Duration limit = security == MailSecurity.STARTTLS
                    ? LONG
                    : Duration.ofSeconds(1); // the handshake with a server without TLS does not end
            String reason = notTaken(sender(limit).send(settings, List.of(message("t"))))
                    .reason();
            if (security == MailSecurity.STARTTLS) {
                assertThat(reason).isEqualTo("mail.test does not support STARTTLS: set security to tls or none.");
            }
        }
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void usesDefaultsForWhatIsLeftOut() {
        Email email = (Email)
                ChannelSettings.of(json("{'type':'email','to':'a@b.example','from':'c@d.example','host':'m.example'}"));
        assertThat(email.to()).containsExactly("a@b.example");
        assertThat(email.security()).isEqualTo(MailSecurity.STARTTLS);
        assertThat(email.smtpPort()).isEqualTo(587);
        assertThat(((Email) ChannelSettings.of(json(JSON + "'security':'TLS'}"))).smtpPort())
                .isEqualTo(465);
        assertThat(((Email) ChannelSettings.of(json(JSON + "'security':'none'}"))).smtpPort())
                .isEqualTo(25);
    }

    @Test
    void rejectsMailSettingsThatCannotBe() {
        for (String to : List.of("[]", "null", "['a@b.example'" + ",'a@b.example'".repeat(50) + "]")) {
            assertRejected(
                    "{'type':'email','from':'a@b.example','host':'m.example','to':" + to + "}",
                    "The mail has no recipients, or too many: give 1 to 50 addresses in to.");
        }
        for (String to : List.of(
                "",
                "canary",
                "a@b.example, canary@d.example",
                "Canary <a@b.example>",
                "a@b.example\\r\\nBcc: canary@d.example",
                "a@b.example>\\r\\nRCPT TO:<canary@d.example",
                "a@@b.example",
                "@b.example",
                "a@",
                "a@-b",
                "a@b..c",
                ".a@b.example",
                "'canary x'@b.example".replace("'", "\\\""),
                "a@[127.0.0.1]",
                "k\u00e4se@b.example",
                "a@b\u00e4.example",
                "a".repeat(300) + "@b.example")) {
            assertRejected(
                    "{'type':'email','from':'a@b.example','host':'m.example','to':['" + to + "']}",
                    "The value of to is not a single mail address: give it as name@example.org, without a display name.");
            assertRejected(
                    "{'type':'email','to':'a@b.example','host':'m.example','from':'" + to + "'}",
                    "The value of from is not a single mail address: give it as name@example.org, without a display name.");
        }
        assertRejected(
                "{'type':'email','to':[null],'host':'m.example','from':'a@b.example'}",
                "The value of to is not a single mail address: give it as name@example.org, without a display name.");
        for (String port : List.of("0", "-1", "65536")) {
            assertRejected(
                    JSON + "'port':" + port + "}",
                    "The port does not exist: give a number from 1 to 65535, or leave it out.");
        }
        for (String port : List.of("'canary'", "1.5", "99999999999", "[]", "true")) {
            assertRejected(
                    JSON + "'port':" + port + "}",
                    "The setting port cannot be read: give it in the form that the documentation shows.");
        }
        assertRejected(JSON + "'security':'canary'}", "The security is not known: give starttls, tls or none.");
        assertRejected(
                JSON + "'username':'canary'}", "Only one of username and password is given: give both, or none.");
        assertRejected(
                JSON + "'password':'canary'}", "Only one of username and password is given: give both, or none.");
        assertRejected(
                JSON + "'username':'canary\\r\\n','password':'canary'}",
                "The username is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        assertRejected(
                JSON + "'username':'canary','password':''}",
                "The password is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        assertRejected(
                JSON + "'password':{'canary':1}}",
                "The setting password cannot be read: give it in the form that the documentation shows.");
        for (String host :
                List.of("", "canary:25", "http://canary", "canary/x", "user@canary", "canary\\n", "a".repeat(254))) {
            assertRejected(
                    "{'type':'email','to':'a@b.example','from':'a@b.example','host':'" + host + "'}",
                    "The host is not the name of a mail server: give it as mail.example.org.");
        }
    }

    private static ChannelSettings login(String user, String password) {
        return new Email(
                List.of("a@detak.example"), "a@detak.example", "mail.test", port(), MailSecurity.NONE, user, password);
    }

    private static int port() {
        return SERVER.getSmtp().getPort();
    }

    private static MimeMessage send(ChannelSettings settings, Message... messages) {
        int before = SERVER.getReceivedMessages().length;
        taken(sender(LONG).send(settings, Arrays.asList(messages)));
        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize(before + 1);
        return received[before];
    }
}
