package id.detak.capture;

import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.Sources.Source;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Status of each source: the last attempt, the last good one, and the next. */
@ApplicationScoped
public class SourceStates {

    private final Sources sources;
    private final Captures captures;
    private final SourceProblems problems;
    private final SourceMutes mutes;

    SourceStates(Sources sources, Captures captures, SourceProblems problems, SourceMutes mutes) {
        this.mutes = mutes;
        this.sources = sources;
        this.captures = captures;
        this.problems = problems;
    }

    /**
     * @param outcome of the last attempt, null before the first
     * @param reason why it brought no strip, or null
     * @param lastGoodAt when it last brought a strip, or null
     * @param stripClock the time (WIB) that the last strip itself shows, or null
     * @param clockDifferenceSeconds the server's clock less ours, where that is more than a minute
     * @param trouble the problem of the source, or null
     * @param mutedUntil when messages about it are sent again, or null
     */
    @Schema(name = "Source")
    public record State(
            String source,
            String url,
            FetchOutcome outcome,
            Integer httpStatus,
            String reason,
            OffsetDateTime observedAt,
            OffsetDateTime lastGoodAt,
            OffsetDateTime nextPollAt,
            List<String> unknown,
            String stripClock,
            Long clockDifferenceSeconds,
            Trouble trouble,
            OffsetDateTime mutedUntil) {

        public boolean isGood() {
            return outcome != null && outcome.broughtStrip();
        }
    }

    /**
     * From the first bad poll to the next good one.
     *
     * @param kind {@code unreachable}, {@code no-strip}, {@code incomplete} (its strip holds less than those before),
     *     or {@code stale} (the strip's own clock is far behind)
     * @param reason of the last bad poll
     * @param polls bad ones since then
     * @param rounds how often bad polls began: above 1, the problem comes and goes
     * @param goodPolls good ones since the last bad one; some more of them end the problem
     * @param toldAt when channels were notified, or null
     * @param acknowledgedAt when somebody stopped its reminders, or null
     * @param acknowledgedBy by the name of the token, or null
     */
    @Schema(name = "SourceTrouble")
    public record Trouble(
            Kind kind,
            String reason,
            OffsetDateTime since,
            int polls,
            OffsetDateTime toldAt,
            int rounds,
            int goodPolls,
            OffsetDateTime acknowledgedAt,
            String acknowledgedBy) {

        private static Trouble of(SourceProblem problem) {
            return new Trouble(
                    problem.kind(),
                    problem.reason(),
                    Wib.local(problem.since()),
                    problem.polls(),
                    Wib.local(problem.notifiedAt()),
                    problem.rounds(),
                    problem.goodPolls(),
                    Wib.local(problem.acknowledgedAt()),
                    problem.acknowledgedBy());
        }
    }

    @Transactional
    public List<State> all() {
        Map<String, Instant> muted = mutes.bySource();
        return sources.active().stream().map(source -> state(source, muted)).toList();
    }

    @Transactional
    public Optional<State> of(String name) {
        return sources.find(name).map(source -> state(source, mutes.bySource()));
    }

    /** @param last the newest attempt of a source */
    private Optional<Capture> lastGood(Capture last) {
        return last.outcome().broughtStrip() ? Optional.of(last) : captures.lastWithStrip(last.source());
    }

    private State state(Source source, Map<String, Instant> muted) {
        Optional<Capture> last = captures.last(source.name());
        return new State(
                source.name(),
                source.url().toString(),
                last.map(Capture::outcome).orElse(null),
                last.map(Capture::httpStatus).orElse(null),
                last.map(Capture::reason).orElse(null),
                Wib.local(last.map(Capture::observedAt).orElse(null)),
                Wib.local(last.flatMap(this::lastGood).map(Capture::observedAt).orElse(null)),
                Wib.local(source.dueAt()),
                last.map(Capture::unknown).orElse(List.of()),
                last.map(Capture::stripClock).orElse(null),
                last.flatMap(Capture::clockDifference).map(d -> d.toSeconds()).orElse(null),
                problems.open(source.name()).map(Trouble::of).orElse(null),
                Wib.local(muted.get(source.name())));
    }
}
