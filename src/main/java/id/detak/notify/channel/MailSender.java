package id.detak.notify.channel;

import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import io.vertx.core.Vertx;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Sends a mail over a connection that is opened here: Angus would look the name up again, and if its socket factory
 * fails it opens a connection of its own. At the deadline the connection is closed from outside, which unblocks the
 * thread.
 */
final class MailSender {
    private final Vertx vertx;
    private final Clock clock;
    private final SSLSocketFactory tls;

    MailSender(Vertx vertx, Clock clock, SSLContext tls) {
        this.vertx = vertx;
        this.clock = clock;
        this.tls = tls.getSocketFactory();
    }

    void send(Email email, List<Message> messages, ResolvedTarget target, Deadline deadline) throws SendException {
        TlsByName byName = new TlsByName(tls, target.host());
        Session session = Session.getInstance(properties(email, byName));
        try (Socket connection = connected(target, deadline)) {
            // one millisecond more: the remaining time is rounded down, and the deadline must have passed when it ends
            long watch = vertx.setTimer(millis(target, deadline) + 1, id -> close(connection));
            try {
                MimeMessage mail = email.mail(session, messages, clock.instant());
                deliver(
                        email,
                        mail,
                        session,
                        target,
                        email.security() == MailSecurity.TLS ? handshaken(byName, connection, target) : connection);
            } finally {
                vertx.cancelTimer(watch);
            }
        } catch (IOException | MessagingException e) {
            if (deadline.left() <= 0) {
                throw HttpPoster.late(target, deadline);
            }
            throw HttpPoster.problem(target, innermost(e));
        }
    }

    private static void deliver(
            Email email, MimeMessage mail, Session session, ResolvedTarget target, Socket connection)
            throws SendException, MessagingException {
        SMTPTransport transport = new SMTPTransport(
                session, new URLName("smtp", target.host(), target.port(), null, email.username(), email.password()));
        try {
            transport.connect(connection);
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            throw problem(transport, target, e);
        } finally {
            quit(transport);
        }
    }

    /** Reports the server's reply code only; its text may contain anything. */
    private static SendException problem(SMTPTransport transport, ResolvedTarget target, MessagingException problem)
            throws MessagingException {
        int code = refusal(problem, transport.getLastReturnCode());
        if (problem instanceof AuthenticationFailedException) {
            return new SendException(target.host() + " does not accept the user name and password"
                    + (code >= 400 ? " (" + code + ")" : "") + ".");
        }
        if (code >= 400) {
            return new SendException(target.host() + " answered " + code + ".");
        }
        if (code >= 200 && String.valueOf(problem.getMessage()).startsWith("STARTTLS is required")) {
            return new SendException(target.host() + " does not support STARTTLS: set security to tls or none.");
        }
        throw problem;
    }

    /** If the last of several recipients was accepted, the transport's last code is not that of the refusal. */
    private static int refusal(MessagingException problem, int last) {
        for (Exception next = problem; next instanceof MessagingException chained; next = chained.getNextException()) {
            if (next instanceof SMTPAddressFailedException refused && refused.getReturnCode() >= 400) {
                return refused.getReturnCode();
            }
        }
        return last;
    }

    private static Properties properties(Email email, TlsByName byName) {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(email.username() != null));
        properties.put("mail.smtp.starttls.enable", String.valueOf(email.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(email.security() == MailSecurity.STARTTLS));
        properties.put("mail.smtp.ssl.socketFactory", byName);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put(
                "mail.smtp.localhost",
                email.from().substring(email.from().indexOf('@') + 1)); // instead of the name of this machine
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    /**
     * Connects to the first address that accepts. The address carries the host's name, or Angus would look its name up.
     */
    private static Socket connected(ResolvedTarget target, Deadline deadline) throws IOException, SendException {
        IOException last = new IOException();
        int left = target.addresses().size();
        for (InetAddress address : target.addresses()) {
            Socket socket = new LimitedSocket();
            try {
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.getByAddress(target.host(), address.getAddress()), target.port()),
                        Math.max(1, (int) millis(target, deadline) / left--));
                return socket;
            } catch (IOException e) {
                close(socket);
                last = new java.net.ConnectException();
            }
        }
        throw last;
    }

    private static SSLSocket handshaken(TlsByName byName, Socket connection, ResolvedTarget target) throws IOException {
        SSLSocket socket = byName.createSocket(connection, target.host(), target.port(), true);
        socket.startHandshake();
        return socket;
    }

    private static long millis(ResolvedTarget target, Deadline deadline) throws SendException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline.left());
        if (millis <= 0) {
            throw HttpPoster.late(target, deadline);
        }
        return millis;
    }

    private static Throwable innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause instanceof java.security.GeneralSecurityException ? new javax.net.ssl.SSLException(cause) : cause;
    }

    /** The mail is accepted even if QUIT fails. */
    private static void quit(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // the connection is closed anyway
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing left to do
        }
    }
}
