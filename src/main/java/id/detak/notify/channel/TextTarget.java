package id.detak.notify.channel;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where a text will stand: how much goes there, and how it is written so that it is read as it is. */
enum TextTarget {
    SLACK(4000) {
        @Override
        String literal(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },
    DISCORD(2000) {
        @Override
        String literal(String text) {
            return LIST.matcher(MARKDOWN.matcher(text).replaceAll("\\\\$0")).replaceAll("$1\\\\$2");
        }

        /** A backslash would become a part of the link. */
        @Override
        String address(String url) {
            return LINK.matcher(url).matches() ? url : literal(url);
        }
    },
    TELEGRAM(4096),
    /** What is longer ntfy makes an attachment of; it counts bytes. */
    NTFY(4096) {
        @Override
        int size(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    },
    MAIL(Integer.MAX_VALUE);

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\*_~`|<>\\[\\]#]");
    private static final Pattern LIST = Pattern.compile("(?m)^(\\s*)([-+])");
    private static final Pattern LINK = Pattern.compile("https?://[A-Za-z0-9._~:/?&=%#\\[\\]-]+");

    private final int limit;

    TextTarget(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    int size(String text) {
        return text.length();
    }

    String literal(String text) {
        return text;
    }

    String address(String url) {
        return literal(url);
    }
}
