package id.detak.notify.channel;

import static id.detak.notify.channel.Sent.LONG;
import static id.detak.notify.channel.Sent.email;
import static id.detak.notify.channel.Sent.message;
import static id.detak.notify.channel.Sent.notTaken;
import static id.detak.notify.channel.Sent.sending;
import static id.detak.notify.channel.Sent.taken;
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

/** What lies in the mailbox. */
@Timeout(120)
@BesideTheApplication
class MailTest {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeAll
    static void start() {
        MAIL.start();
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    @Test
    void aMailIsPlainTextWithOneIdForAllTries() throws Exception {
        Message message = message(MessageEvent.FIRING, Severity.CRITICAL, "Rupiah melemah – äöü €", "USDIDR", "Kurs \u201cUSD\u201d naik 1,5%\n.\nFrom here");
        MimeMessage mail = send(email(port(), MailSecurity.NONE, "a@detak.example"), message);
        assertThat(mail.getSubject()).isEqualTo("Firing: USDIDR · Rupiah melemah – äöü €");
        assertThat(mail.getFrom()).extracting(Address::toString).containsExactly("detak@detak.example");
        assertThat(mail.getAllRecipients()).extracting(Address::toString).containsExactly("a@detak.example");
        assertThat(mail.getMessageID()).isEqualTo("<0195a3c0-0000-7000-8000-000000000001@detak>");
        assertThat(mail.getSentDate()).isEqualTo("2026-03-02T02:15:30Z");
        assertThat(mail.getHeader("Date", null)).isEqualTo("Mon, 2 Mar 2026 02:15:30 +0000");
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(mail.getContent()).isEqualTo("Kurs \u201cUSD\u201d naik 1,5%\r\n.\r\nFrom here\r\nhttps://detak.example/#/alerts/7");
        assertThat(send(email(port(), MailSecurity.NONE, "a@detak.example"), message).getMessageID()).isEqualTo(mail.getMessageID());
    }

    @Test
    void severalMessagesAreOneMailUnderAnIdOfTheirOwn() throws Exception {
        Message second = new Message(Sent.CAPTURE, MessageEvent.RESOLVED, null, "r", Severity.INFO, "IHSG", null, null, null, null, "two", null, null);
        MimeMessage mail = send(email(port(), MailSecurity.NONE, "a@detak.example"), message("one"), second);
        assertThat(mail.getSubject()).isEqualTo("2 alerts: USDIDR, IHSG");
        assertThat(mail.getMessageID()).isNotEqualTo("<0195a3c0-0000-7000-8000-000000000001@detak>")
                .isEqualTo(send(email(port(), MailSecurity.NONE, "a@detak.example"), message("one"), second).getMessageID());
        assertThat(mail.getContent()).isEqualTo("Firing: USDIDR · Rupiah falls (2 Mar 09:15 WIB)\r\none\r\nhttps://detak.example/#/alerts/7\r\n\r\nResolved: IHSG · r\r\ntwo");
    }

    @Test
    void aMailIsNeverCut() throws Exception {
        Message[] many = Collections.nCopies(100, message("x".repeat(2000))).toArray(Message[]::new);
        assertThat((String) send(email(port(), MailSecurity.NONE, "a@detak.example"), many).getContent()).satisfies(text -> assertThat(text.length() > 200_000 && text.endsWith("xx\r\nhttps://detak.example/#/alerts/7")).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: evil@detak.example", "x\nBcc: evil@detak.example\n\nbody", "x\rBcc: evil@detak.example", "x\u0000\r\n.\r\nMAIL FROM:<evil@detak.example>",
            "x\r\n\r\n.\r\nQUIT\r\n", "=?utf-8?Q?x=0D=0ABcc:_evil@detak.example?=", "x\u2028Bcc: evil@detak.example", "x\u0085Bcc: evil@detak.example", "x\ud83d\r\nBcc: evil@detak.example",
            "a very long name, which is folded into several lines at its blanks,\r\n Bcc: evil@detak.example and so on and on and on and on"})
    void noTextBecomesAHeaderOrACommand(String hostile) throws Exception {
        MimeMessage mail = send(email(port(), MailSecurity.NONE, "a@detak.example"), message(MessageEvent.FIRING, Severity.INFO, hostile, hostile, hostile, hostile));
        assertThat(Collections.list(mail.getAllHeaders())).extracting(Header::getName).doesNotContain("Bcc").contains("Subject", "Message-ID");
        assertThat(mail.getAllRecipients()).extracting(Address::toString).containsExactly("a@detak.example");
        assertThat(mail.getSubject()).startsWith("Firing: ").doesNotContain("\n", "\r", "\u0000");
    }

    @Test
    void everyRecipientGetsIt() throws Exception {
        taken(sending(LONG).send(email(port(), MailSecurity.NONE, "a@detak.example", "b+x@detak.example", "c@other.example"), List.of(message("t"))));
        for (String to : List.of("a@detak.example", "b+x@detak.example", "c@other.example")) {
            assertThat(MAIL.getManagers().getImapHostManager().getInbox(MAIL.getUserManager().getUserByEmail(to)).getMessages()).as(to).hasSize(1);
        }
    }

    @Test
    void whoHasAPasswordLogsInAndAWrongOneIsToldWithoutIt() {
        MAIL.setUser("login@detak.example", "user-canary", "password canary ä\"\\");
        ChannelSettings right = login("user-canary", "password canary ä\"\\");
        taken(sending(LONG).send(right, List.of(message("t"))));
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        assertThat(notTaken(sending(LONG).send(login("user-canary", "canary"), List.of(message("t")))).reason()).isEqualTo("mail.test does not accept the user name and password (535).");
        assertThat(notTaken(sending(LONG).send(login("canary", "canary"), List.of(message("t")))).reason()).startsWith("mail.test does not accept the user name and password");
    }

    @Test
    void aServerWithoutStartTlsGetsNothingWhereItIsAskedFor() {
        MAIL.setUser("login2@detak.example", "user", "canary");
        for (MailSecurity security : List.of(MailSecurity.STARTTLS, MailSecurity.TLS)) {
            ChannelSettings settings = new ChannelSettings.Email(List.of("a@detak.example"), "a@detak.example", "mail.test", port(), security, "user", "canary");
            Duration limit = security == MailSecurity.STARTTLS ? LONG : Duration.ofSeconds(1); // a handshake with a server that knows no TLS does not end
            String reason = notTaken(sending(limit).send(settings, List.of(message("t")))).reason();
            if (security == MailSecurity.STARTTLS) {
                assertThat(reason).isEqualTo("mail.test offers no STARTTLS: give the security that it has, tls or none.");
            }
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    private static ChannelSettings login(String user, String password) {
        return new ChannelSettings.Email(List.of("a@detak.example"), "a@detak.example", "mail.test", port(), MailSecurity.NONE, user, password);
    }

    private static int port() {
        return MAIL.getSmtp().getPort();
    }

    private static MimeMessage send(ChannelSettings settings, Message... messages) {
        int before = MAIL.getReceivedMessages().length;
        taken(sending(LONG).send(settings, Arrays.asList(messages)));
        MimeMessage[] received = MAIL.getReceivedMessages();
        assertThat(received).hasSize(before + 1);
        return received[before];
    }
}
