package id.detak.notify.channel;

import id.detak.platform.net.WebUrls;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.regex.Pattern;

/** Rejects invalid settings before they become a header, a command to a mail server, or another address. */
final class SettingChecks {
    private static final int LONGEST = 2000;
    private static final Pattern MAIL_ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private SettingChecks() {}

    static void webUrl(URI url) {
        if (url == null) {
            throw new IllegalArgumentException(
                    "The url is missing: give the address to send to, such as https://hooks.example.org/….");
        }
        String objection = url.toString().length() > LONGEST ? "is too long" : WebUrls.objection(url);
        if (objection != null) {
            throw new IllegalArgumentException(
                    "The url " + objection + ": give an address such as https://hooks.example.org/….");
        }
    }

    static void singleLine(String name, String value) {
        if (value == null) {
            return;
        }
        if (value.isBlank()
                || value.length() > LONGEST
                || value.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException(
                    "The " + name
                            + " is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        }
    }

    static void headerValue(String name, String value) {
        if (value != null
                && (value.isEmpty()
                        || value.length() > LONGEST
                        || !value.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(
                    "The " + name
                            + " has spaces or other characters that are not allowed: give it as it was shown to you, or leave it out.");
        }
    }

    static void mailAddress(String name, String address) {
        if (address == null
                || address.length() > 254
                || !MAIL_ADDRESS.matcher(address).matches()
                || !isMailAddress(address)) {
            throw new IllegalArgumentException("The value of " + name
                    + " is not a single mail address: give it as name@example.org, without a display name.");
        }
    }

    private static boolean isMailAddress(String address) {
        try {
            new InternetAddress(address, true);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    static void host(String host) {
        if (host == null || host.length() > 253 || !isHost(host)) {
            throw new IllegalArgumentException(
                    "The host is not the name of a mail server: give it as mail.example.org.");
        }
    }

    private static boolean isHost(String host) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        try {
            return literal.equals(URI.create("smtp://" + literal + "/").getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
