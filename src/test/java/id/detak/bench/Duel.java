package id.detak.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Ours against a yardstick, in turn, since machines are shared and noisy: what disturbs a round disturbs both, and the
 * median of the rounds' ratios is what counts.
 *
 * @param ours median time, milliseconds
 * @param yardstick median time, milliseconds
 * @param ratio median of (our time / the yardstick's time in the same round)
 */
record Duel(double ours, double yardstick, double ratio) {

    interface Work {
        void run() throws Exception;
    }

    /** One round of each to warm up, which is not counted. */
    static Duel of(int rounds, Work ours, Work yardstick) throws Exception {
        double[] oursTimes = new double[rounds];
        double[] yardstickTimes = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double us = millis(ours);
            double them = millis(yardstick);
            if (round >= 0) {
                oursTimes[round] = us;
                yardstickTimes[round] = them;
                ratios[round] = us / them;
            }
        }
        return new Duel(median(oursTimes), median(yardstickTimes), median(ratios));
    }

    /** How many times as fast as the yardstick ours is: 2 is twice as fast. */
    double speed() {
        return 1 / ratio;
    }

    static double millis(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code 12.3 ms against 45.6 ms}. */
    String times() {
        return String.format(Locale.ROOT, "%s against %s", time(ours), time(yardstick));
    }

    static String time(double millis) {
        return millis < 1000
                ? String.format(Locale.ROOT, "%.3g ms", millis)
                : String.format(Locale.ROOT, "%.3g s", millis / 1000);
    }
}
