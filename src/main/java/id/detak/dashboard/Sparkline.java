package id.detak.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** A small line as the {@code d} of an SVG path in a box of 100 by 24; empty where there are less than two points. */
final class Sparkline {

    static final int WIDTH = 100;
    static final int HEIGHT = 24;
    private static final double MARGIN = 2;

    private Sparkline() {
    }

    static String path(List<BigDecimal> values) {
        if (values.size() < 2) {
            return "";
        }
        double low = values.stream().mapToDouble(BigDecimal::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = (double) WIDTH * i / (values.size() - 1);
            double share = high == low ? 0.5 : (values.get(i).doubleValue() - low) / (high - low);
            double y = MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share);
            path.append(i == 0 ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
        }
        return path.toString();
    }
}
