package id.detak.capture.fetch;

import java.nio.charset.StandardCharsets;

/** Finds the charset that a page names for itself, by a cursor over its first bytes (as WHATWG's prescan). */
final class MetaCharset {
    private static final String SPACE = " \t\r\n\f";

    private final String text;
    private int at;

    private MetaCharset(String text) {
        this.text = text;
    }

    /** The label in the first {@code <meta charset>} or {@code <meta http-equiv=content-type>}, or null. */
    static String of(byte[] body, int within) {
        String head = new String(body, 0, Math.min(within, body.length), StandardCharsets.ISO_8859_1);
        return new MetaCharset(head).find();
    }

    /** The charset in {@code text/html; charset="utf-8"}, or null. */
    static String ofContentType(String contentType) {
        if (contentType == null) {
            return null;
        }
        MetaCharset cursor = new MetaCharset(contentType);
        while (cursor.skipPast("charset")) {
            cursor.skip(SPACE);
            if (cursor.take('=')) {
                cursor.skip(SPACE);
                String label = cursor.value(SPACE + ";").strip();
                return label.isEmpty() ? null : label;
            }
        }
        return null;
    }

    private String find() {
        while (at < text.length()) {
            at = text.indexOf('<', at);
            if (at < 0) {
                return null;
            }
            if (text.startsWith("<!--", at)) {
                // from the second dash on, since <!--> is a whole comment
                at += 2;
                if (!skipPast("-->")) {
                    return null;
                }
            } else if (isMeta()) {
                at += "<meta".length();
                String label = charsetOfAttributes();
                if (label != null) {
                    return label;
                }
            } else {
                at++;
            }
        }
        return null;
    }

    private boolean isMeta() {
        int after = at + "<meta".length();
        return text.regionMatches(true, at, "<meta", 0, "<meta".length())
                && after < text.length() && (SPACE + "/").indexOf(text.charAt(after)) >= 0;
    }

    private String charsetOfAttributes() {
        String charset = null;
        String content = null;
        boolean isContentType = false;
        while (true) {
            skip(SPACE + "/");
            if (at >= text.length() || text.charAt(at) == '>') {
                break;
            }
            String name = until(SPACE + "/>=");
            skip(SPACE);
            String value = "";
            if (take('=')) {
                skip(SPACE);
                value = value(SPACE + ">");
            }
            if (name.equalsIgnoreCase("charset") && charset == null) {
                charset = value.strip();
            } else if (name.equalsIgnoreCase("content") && content == null) {
                content = value;
            } else if (name.equalsIgnoreCase("http-equiv")) {
                isContentType = value.strip().equalsIgnoreCase("content-type");
            }
        }
        if (charset != null && !charset.isEmpty()) {
            return charset;
        }
        return isContentType ? ofContentType(content) : null;
    }

    /** A value in quotes, or up to one of the ends; what is not closed goes to the end of the text. */
    private String value(String ends) {
        if (take('"')) {
            return closed("\"");
        }
        return take('\'') ? closed("'") : until(ends);
    }

    private String closed(String quote) {
        String value = until(quote);
        at = Math.min(at + 1, text.length());
        return value;
    }

    private String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip(String chars) {
        while (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /** In any case; false, at the end, where it does not come. */
    private boolean skipPast(String word) {
        while (at + word.length() <= text.length()) {
            if (text.regionMatches(true, at, word, 0, word.length())) {
                at += word.length();
                return true;
            }
            at++;
        }
        at = text.length();
        return false;
    }
}
