package id.detak.strip;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meaning of a colour beside a number. Red is the colour of falls; most others have no meaning. */
enum Colours {
    RED,
    NEUTRAL,
    UNKNOWN;

    private static final Set<String> REDS =
            Set.of("red", "crimson", "firebrick", "darkred", "maroon", "tomato", "orangered", "indianred", "merah");
    private static final Set<String> NEUTRALS = Set.of(
            "green",
            "darkgreen",
            "limegreen",
            "forestgreen",
            "seagreen",
            "lime",
            "teal",
            "black",
            "white",
            "gray",
            "grey",
            "silver",
            "lightgray",
            "lightgrey",
            "whitesmoke",
            "blue",
            "navy",
            "none",
            "inherit",
            "initial",
            "transparent",
            "currentcolor");
    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");
    private static final Pattern RGB = Pattern.compile("rgba?\\(\\s*(\\d{1,3})[\\s,]+(\\d{1,3})[\\s,]+(\\d{1,3}).*");
    /** A colour whose parts differ less looks grey. */
    private static final int GREY = 24;

    /** The meaning of a colour in the notation of a style sheet. */
    static Colours of(String colour) {
        String name = colour.toLowerCase(Locale.ROOT).replace("!important", "").strip();
        if (REDS.contains(name)) {
            return RED;
        }
        if (NEUTRALS.contains(name)) {
            return NEUTRAL;
        }
        Matcher rgb = RGB.matcher(name);
        if (rgb.matches()) {
            return of(Integer.parseInt(rgb.group(1)), Integer.parseInt(rgb.group(2)), Integer.parseInt(rgb.group(3)));
        }
        if (!HEX.matcher(name).matches()) {
            return UNKNOWN;
        }
        int digits = name.length() > 5 ? 2 : 1;
        int[] parts = new int[3];
        for (int i = 0; i < parts.length; i++) {
            String part = name.substring(1 + i * digits, 1 + (i + 1) * digits);
            parts[i] = Integer.parseInt(digits == 1 ? part + part : part, 16);
        }
        return of(parts[0], parts[1], parts[2]);
    }

    private static Colours of(int red, int green, int blue) {
        return red > Math.max(green, blue) + GREY ? RED : NEUTRAL;
    }
}
