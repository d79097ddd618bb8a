package id.detak.page.shared;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small line chart in a box of 100 by 24.
 *
 * @param path the {@code d} of an SVG path with a line for each stretch without a gap; empty without one
 * @param dots the {@code d} of an SVG path with a dot for each isolated point; empty without one
 * @param bridges the {@code d} of an SVG path across the gaps; empty without a gap
 * @param baseline the distance of the previous close from the top, or null
 * @param daily whether each point is a day, not a moment of one day
 * @param low the lowest value, without the previous close; null without one, like {@code high}
 */
public record Sparkline(
        String path, String dots, String bridges, String baseline, boolean daily, BigDecimal low, BigDecimal high) {

    public static final int WIDTH = 100;
    public static final int HEIGHT = 24;
    private static final double MARGIN = 2;

    /**
     * @param share of the width, from 0 to 1
     * @param apart whether there is a gap between the point before and this one
     */
    public record Spot(double share, BigDecimal value, boolean apart) {}

    /** Whether there is no observation. */
    public boolean isEmpty() {
        return path.isEmpty() && dots.isEmpty();
    }

    /**
     * @param spots in chronological order
     * @param base the previous close, or null
     */
    public static Sparkline of(List<Spot> spots, BigDecimal base, boolean daily) {
        if (spots.isEmpty()) {
            return new Sparkline("", "", "", null, daily, null, null);
        }
        List<BigDecimal> all = Stream.concat(spots.stream().map(Spot::value), Stream.ofNullable(base))
                .toList();
        double low = all.stream().mapToDouble(BigDecimal::doubleValue).min().orElseThrow();
        double high = all.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        StringBuilder bridges = new StringBuilder();
        for (int i = 0; i < spots.size(); i++) {
            boolean begins = i == 0 || spots.get(i).apart;
            boolean ends = i + 1 == spots.size() || spots.get(i + 1).apart;
            if (begins && ends) {
                append(dots, 'M', spots.get(i), low, high);
                dots.append("h0");
            } else {
                append(path, begins ? 'M' : 'L', spots.get(i), low, high);
            }
            if (begins && i > 0) {
                append(bridges, 'M', spots.get(i - 1), low, high);
                append(bridges, 'L', spots.get(i), low, high);
            }
        }
        return new Sparkline(
                path.toString(),
                dots.toString(),
                bridges.toString(),
                base == null
                        ? null
                        : append(new StringBuilder(), height(base, low, high)).toString(),
                daily,
                spots.stream().map(Spot::value).min(Comparator.naturalOrder()).orElseThrow(),
                spots.stream().map(Spot::value).max(Comparator.naturalOrder()).orElseThrow());
    }

    private static void append(StringBuilder path, char command, Spot spot, double low, double high) {
        append(path.append(command), spot.share * WIDTH).append(' ');
        append(path, height(spot.value, low, high));
    }

    private static double height(BigDecimal value, double low, double high) {
        double share = high == low ? 0.5 : (value.doubleValue() - low) / (high - low);
        return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share);
    }

    /**
     * Appends a non-negative number with one decimal. The overview draws hundreds of points, and {@code String.format}
     * is slow.
     */
    private static StringBuilder append(StringBuilder text, double number) {
        long tenths = Math.round(number * 10);
        return text.append(tenths / 10).append('.').append(tenths % 10);
    }
}
