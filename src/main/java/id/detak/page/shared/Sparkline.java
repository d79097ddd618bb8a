package id.detak.page.shared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A small line chart in a box of 100 by 24.
 *
 * @param path the {@code d} of an SVG path; empty for fewer than two points
 * @param baseline the distance of the previous close from the top, or null
 * @param daily whether each point is a day, not a moment of one day
 */
public record Sparkline(String path, String baseline, boolean daily) {

    static final int WIDTH = 100;
    static final int HEIGHT = 24;
    private static final double MARGIN = 2;

    /**
     * @param values evenly spaced
     * @param share of the width that the values take, above 0 up to 1
     * @param base the previous close, or null
     */
    public static Sparkline of(List<BigDecimal> values, double share, BigDecimal base, boolean daily) {
        if (values.size() < 2) {
            return new Sparkline("", null, daily);
        }
        List<BigDecimal> all = new ArrayList<>(values);
        if (base != null) {
            all.add(base);
        }
        double low = all.stream().mapToDouble(BigDecimal::doubleValue).min().orElseThrow();
        double high = all.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(i == 0 ? 'M' : 'L');
            append(path, share * WIDTH * i / (values.size() - 1));
            path.append(' ');
            append(path, height(values.get(i), low, high));
        }
        return new Sparkline(
                path.toString(),
                base == null
                        ? null
                        : append(new StringBuilder(), height(base, low, high)).toString(),
                daily);
    }

    private static double height(BigDecimal value, double low, double high) {
        double share = high == low ? 0.5 : (value.doubleValue() - low) / (high - low);
        return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share);
    }

    /**
     * Appends a number of at least 0 with one decimal: the overview draws hundreds of points, and {@code String.format}
     * is slow.
     */
    private static StringBuilder append(StringBuilder text, double number) {
        long tenths = Math.round(number * 10);
        return text.append(tenths / 10).append('.').append(tenths % 10);
    }
}
