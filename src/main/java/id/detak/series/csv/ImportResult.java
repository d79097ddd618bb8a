package id.detak.series.csv;

import id.detak.series.DayRange;
import id.detak.series.RecordCounts;
import id.detak.strip.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What an import stored, or would store.
 *
 * @param id null if it is not listed
 * @param profile the kind of file
 * @param notes what was understood, for the user to check
 * @param doubtful of a dry run: rows that would be suspect
 * @param newCodes of a dry run: codes that would become indicators
 * @param first of a dry run: the first rows as understood
 */
public record ImportResult(
        Integer id,
        String profile,
        RecordCounts counts,
        List<String> notes,
        long doubtful,
        List<String> newCodes,
        List<FirstRow> first) {

    /** @param range null if the row has none */
    public record FirstRow(
            long line,
            String code,
            Instant observedAt,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            DayRange range,
            Quality quality) {}
}
