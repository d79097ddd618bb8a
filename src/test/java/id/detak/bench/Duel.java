package id.detak.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Measures Detak against a reference in alternating rounds, since machines are shared and noisy: a disturbance affects
 * both, and the median of the rounds' ratios counts.
 *
 * @param ours median time, milliseconds
 * @param reference median time, milliseconds
 * @param ratio median of (our time / the reference's time in the same round)
 */
record Duel(double ours, double reference, double ratio) {

    interface Work {
        void run() throws Exception;
    }

    /** One round of each to warm up, which is not counted. */
    static Duel of(int rounds, Work ours, Work reference) throws Exception {
        double[] oursTimes = new double[rounds];
        double[] referenceTimes = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double us = millis(ours);
            double them = millis(reference);
            if (round >= 0) {
                oursTimes[round] = us;
                referenceTimes[round] = them;
                ratios[round] = us / them;
            }
        }
        return new Duel(median(oursTimes), median(referenceTimes), median(ratios));
    }

    /** The speed relative to the reference: 2 is twice as fast. */
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
        return String.format(Locale.ROOT, "%s against %s", time(ours), time(reference));
    }

    static String time(double millis) {
        return millis < 1000
                ? String.format(Locale.ROOT, "%.3g ms", millis)
                : String.format(Locale.ROOT, "%.3g s", millis / 1000);
    }
}
