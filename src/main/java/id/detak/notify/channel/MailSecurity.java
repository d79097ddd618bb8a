package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the connection to a mail server is secured. The first one is the default. */
public enum MailSecurity {
    STARTTLS(587),
    TLS(465),
    NONE(25);

    final int usualPort;

    MailSecurity(int usualPort) {
        this.usualPort = usualPort;
    }

    /** The word in JSON: {@code none}, {@code starttls}, {@code tls}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static MailSecurity of(String word) {
        for (MailSecurity security : values()) {
            if (security.word().equalsIgnoreCase(word)) {
                return security;
            }
        }
        throw new IllegalArgumentException("The security is not known: give starttls, tls or none.");
    }
}
