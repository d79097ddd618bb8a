package id.detak.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left, on a terminal; nothing where nobody looks. */
record ImportProgress(ProgressBar bar) implements AutoCloseable {

    private static final long WORTH_A_BAR = 1024 * 1024;
    private static final long UNIT = 1024 * 1024;

    static ImportProgress of(ImportFile file) {
        boolean seen = System.console() != null && (file.size() < 0 || file.size() > WORTH_A_BAR);
        return new ImportProgress(!seen ? null : new ProgressBarBuilder().setTaskName(file.shortName()).setInitialMax(file.size()).setUnit(" MB", UNIT)
                .setStyle(ProgressBarStyle.ASCII).showSpeed().build());
    }

    void read(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    void readUpTo(long bytes) {
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
