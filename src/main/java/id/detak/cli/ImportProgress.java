package id.detak.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with rate and remaining time; nothing if the output is not a terminal. */
record ImportProgress(ProgressBar bar) implements AutoCloseable {

    private static final long SHOWN_FROM = 1024 * 1024;
    private static final long UNIT = 1024 * 1024;

    static ImportProgress of(ImportFile file) {
        boolean shown = System.console() != null && (file.size() < 0 || file.size() > SHOWN_FROM);
        return new ImportProgress(
                !shown
                        ? null
                        : new ProgressBarBuilder()
                                .setTaskName(file.shortName())
                                .setInitialMax(file.size())
                                .setUnit(" MB", UNIT)
                                .setStyle(ProgressBarStyle.ASCII)
                                .showSpeed()
                                .build());
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
