package id.detak.page.card;

import java.util.Locale;

/** The same colours as on the pages. */
record Palette(String panel, String line, String text, String muted, String up, String down, String warn) {

    static final Palette LIGHT =
            new Palette("#ffffff", "#dde1e8", "#16191f", "#5a6372", "#0a7a3d", "#c02020", "#6b4e00");
    static final Palette DARK =
            new Palette("#181d25", "#2c333f", "#e8ebf0", "#a2abba", "#4cc38a", "#ff7b7b", "#f3d57a");

    String rules() {
        return String.format(
                Locale.ROOT,
                ".panel{fill:%s;stroke:%s}text{fill:%s}.muted{fill:%s}.base{stroke:%4$s}.line.up{stroke:%s}.line.down{stroke:%s}.line.flat{stroke:%4$s}text.up{fill:%5$s}text.down{fill:%6$s}.warn{fill:%s}",
                panel,
                line,
                text,
                muted,
                up,
                down,
                warn);
    }
}
