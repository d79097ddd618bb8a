package id.detak.page.card;

import id.detak.platform.Sha256;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The colours of an SVG card; the content security policy allows the style by its hash. */
enum CardTheme {

    /** Follows the colour scheme of the embedding page. */
    AUTO(Palette.LIGHT.rules() + "@media(prefers-color-scheme:dark){" + Palette.DARK.rules() + "}"),
    LIGHT(Palette.LIGHT.rules()),
    DARK(Palette.DARK.rules());

    /** Local fonts only: an SVG image must not load any. */
    private static final String TEXTS =
            "text{font-family:system-ui,-apple-system,Roboto,sans-serif;font-variant-numeric:tabular-nums}";

    private final String css;
    private final String contentSecurityPolicy;

    CardTheme(String colours) {
        this.css = TEXTS + colours;
        this.contentSecurityPolicy = "default-src 'none'; style-src 'sha256-" + Sha256.base64(css) + "'";
    }

    /** @return empty if there is no such theme */
    static Optional<CardTheme> of(String word) {
        return Arrays.stream(values())
                .filter(theme -> theme.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** Contains no characters that the template engine escapes, so that the hash matches the response. */
    String css() {
        return css;
    }

    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }
}
