package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonFormat;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Plain-text mail over SMTP.
 *
 * @param port null for the usual one
 * @param security STARTTLS if it is left out
 * @param username null, like the password, if the server needs none
 */
@ChannelKind("email")
public record Email(
        @FormField(label = "mailTo") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> to,

        @FormField(label = "mailFrom") String from,
        @FormField(label = "mailHost") String host,
        @FormField(label = "mailPort", optional = true) Integer port,
        @FormField(label = "mailSecurity") MailSecurity security,
        @FormField(label = "mailUser", optional = true) String username,

        @FormField(label = "mailPassword", secret = true, optional = true)
        String password)
        implements ChannelSettings {

    static final TextTarget TEXT = new TextTarget(Integer.MAX_VALUE);

    private static final int MAX_RECIPIENTS = 50;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    public Email {
        if (to == null || to.isEmpty() || to.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "The mail has no recipients, or too many: give 1 to " + MAX_RECIPIENTS + " addresses in to.");
        }
        to.forEach(address -> SettingChecks.mailAddress("to", address));
        SettingChecks.mailAddress("from", from);
        SettingChecks.host(host);
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException(
                    "The port does not exist: give a number from 1 to 65535, or leave it out.");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("Only one of username and password is given: give both, or none.");
        }
        SettingChecks.singleLine("username", username);
        SettingChecks.singleLine("password", password);
        to = List.copyOf(to);
        security = security == null ? MailSecurity.STARTTLS : security;
    }

    int smtpPort() {
        return port == null ? security.usualPort : port;
    }

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        transport.mail(this, messages, deadline);
        return new SendResult.Taken();
    }

    /** The messages as one mail. */
    MimeMessage mail(Session session, List<Message> messages, Instant now) throws MessagingException {
        MessageText text = MessageText.of(messages);
        MimeMessage mail = new MailWithId(session, "<" + id(messages) + "@detak>");
        mail.setFrom(new InternetAddress(from, true));
        for (String address : to) {
            mail.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address, true));
        }
        mail.setSubject(text.title(), "UTF-8");
        mail.setText(text.body(TEXT).replace("\n", "\r\n") + "\r\n", "UTF-8");
        mail.setHeader(
                "Content-Transfer-Encoding",
                "quoted-printable"); // lines of any length, and none that an mbox file takes for the start of a mail
        mail.setHeader("Date", DATE.format(now.atOffset(ZoneOffset.UTC)));
        mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation responder answers it
        mail.saveChanges();
        return mail;
    }

    /** A mail with one more message gets another id: a mailbox that drops repeats must not drop that one. */
    private static UUID id(List<Message> messages) {
        String keys = messages.stream().map(message -> message.key().toString()).collect(Collectors.joining());
        return messages.size() == 1
                ? messages.get(0).key()
                : UUID.nameUUIDFromBytes(keys.getBytes(StandardCharsets.US_ASCII));
    }

    /** Has the same id at each attempt, so that a mailbox can drop a repeat. */
    private static final class MailWithId extends MimeMessage {

        private final String id;

        MailWithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    @Override
    public SecretDestination secretDestination() {
        return password == null ? null : new SecretDestination("password", host, smtpPort() + " " + security.word());
    }

    @Override
    public String target() {
        return to.stream().map(Redacted::mailAddress).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "email " + target();
    }
}
