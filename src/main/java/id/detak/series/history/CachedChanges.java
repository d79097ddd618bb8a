package id.detak.series.history;

import id.detak.http.AnswerLimit;
import id.detak.indicator.Calendars;
import id.detak.series.SeriesVersions;
import io.quarkus.cache.CacheKey;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Caches the changes of all indicators, which read all trading days, for each state of the series and the calendar. */
@ApplicationScoped
public class CachedChanges {

    private final Cached cached;
    private final SeriesVersions versions;
    private final Calendars calendars;

    CachedChanges(Cached cached, SeriesVersions versions, Calendars calendars) {
        this.cached = cached;
        this.versions = versions;
        this.calendars = calendars;
    }

    /** A separate bean, because an interceptor does not see calls within a class. */
    @ApplicationScoped
    static class Cached {

        private final Changes changes;
        private final AnswerLimit answerLimit;

        Cached(Changes changes, AnswerLimit answerLimit) {
            this.changes = changes;
            this.answerLimit = answerLimit;
        }

        /** Concurrent callers share one computation; a thread that has waited too long computes the changes itself. */
        @CacheResult(cacheName = "changes", lockTimeout = 2000)
        List<Changes.Item> of(@CacheKey long version, @CacheKey String calendar) {
            return answerLimit.shared(changes::all);
        }
    }

    public List<Changes.Item> now() {
        return of(versions.ofAll(), calendars.version());
    }

    /** The changes for a version of the series and of the calendar. */
    List<Changes.Item> of(long version, String calendar) {
        return cached.of(version, calendar);
    }
}
