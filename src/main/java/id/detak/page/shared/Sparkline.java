package id.detak.page.shared;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A small line in a box of 100 by 24.
 *
 * @param path the {@code d} of an SVG path; empty where there are less than two points
 * @param baseline where the previous close lies, from the top; null where there is none
 * @param daily whether it shows days, not the course of one
 */
public record Sparkline(String path, String baseline, boolean daily) {

    static final int WIDTH = 100;
    static final int HEIGHT = 24;
    private static final double MARGIN = 2;

    /**
     * @param values evenly spaced
     * @param share how much of the width they take, above 0 up to 1
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
            path.append(i == 0 ? 'M' : 'L').append(figure(share * WIDTH * i / (values.size() - 1))).append(' ').append(figure(height(values.get(i), low, high)));
        }
        return new Sparkline(path.toString(), base == null ? null : figure(height(base, low, high)), daily);
    }

    private static double height(BigDecimal value, double low, double high) {
        double share = high == low ? 0.5 : (value.doubleValue() - low) / (high - low);
        return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share);
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
