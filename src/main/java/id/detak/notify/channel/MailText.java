package id.detak.notify.channel;

import id.detak.notify.Message;
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

/** Messages as one mail, plain text. */
final class MailText extends MimeMessage {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final String id;

    MailText(Session session, ChannelSettings.Email email, List<Message> messages, Instant now) throws MessagingException {
        super(session);
        this.id = "<" + id(messages) + "@detak>";
        MessageText text = MessageText.of(messages);
        setFrom(new InternetAddress(email.from(), true));
        for (String to : email.to()) {
            addRecipient(RecipientType.TO, new InternetAddress(to, true));
        }
        setSubject(text.title(), "UTF-8");
        setText(text.body(TextTarget.MAIL).replace("\n", "\r\n") + "\r\n", "UTF-8");
        setHeader("Content-Transfer-Encoding", "quoted-printable"); // lines of any length, and none that begins with what mbox takes for a head
        setHeader("Date", DATE.format(now.atOffset(ZoneOffset.UTC)));
        setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it
        saveChanges();
    }

    /** Another where another message has joined in: a mailbox that drops repeats must not drop that one. */
    private static UUID id(List<Message> messages) {
        String keys = messages.stream().map(message -> message.key().toString()).collect(Collectors.joining());
        return messages.size() == 1 ? messages.get(0).key() : UUID.nameUUIDFromBytes(keys.getBytes(StandardCharsets.US_ASCII));
    }

    /** The same for each try, so that a mailbox can drop a repeat. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
