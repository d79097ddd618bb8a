package id.detak.testsupport;

import id.detak.series.csv.ImportReport;

/** The report of an import that must accept every row. */
public final class AllRowsTaken implements ImportReport {

    @Override
    public void row(long line, String reason) {
        throw new AssertionError(line + ": " + reason);
    }

    @Override
    public void progress(long bytes) {
        // not needed
    }
}
