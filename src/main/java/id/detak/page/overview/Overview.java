package id.detak.page.overview;

import id.detak.capture.SourceStates;
import id.detak.capture.SourceStates.State;
import id.detak.capture.SourceStates.Trouble;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.Kind;
import id.detak.notify.Mutes;
import id.detak.page.alerts.AlertList;
import id.detak.page.shared.Formats;
import id.detak.page.shared.QuoteCard;
import id.detak.platform.Wib;
import id.detak.series.OtherSources;
import id.detak.series.history.CachedChanges;
import id.detak.series.history.Changes;
import id.detak.series.history.Contradictions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the data of the overview, in the reader's language. */
@ApplicationScoped
class Overview {

    private static final int MAX_DIFFERENCES = 5;
    private static final int MAX_FIRING = 5;
    private static final List<Kind> GROUPS = List.of(Kind.INDEX, Kind.GOLD, Kind.CURRENCY, Kind.FUND, Kind.OTHER);

    private final Indicators indicators;
    private final QuoteCards cards;
    private final Contradictions contradictions;
    private final SourceStates sourceStates;
    private final Calendars calendars;
    private final OtherSources otherSources;
    private final AlertList alerts;
    private final Mutes mutes;
    private final CachedChanges changes;
    private final QuoteDetails details;
    private final Clock clock;

    Overview(
            Indicators indicators,
            QuoteCards cards,
            Contradictions contradictions,
            SourceStates sourceStates,
            Calendars calendars,
            OtherSources otherSources,
            AlertList alerts,
            Mutes mutes,
            CachedChanges changes,
            QuoteDetails details,
            Clock clock) {
        this.mutes = mutes;
        this.changes = changes;
        this.details = details;
        this.indicators = indicators;
        this.cards = cards;
        this.contradictions = contradictions;
        this.sourceStates = sourceStates;
        this.calendars = calendars;
        this.otherSources = otherSources;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * @param marketChangesAt when the exchange opens or closes next; null if it is always open
     * @param updated when the newest value was observed, or null
     * @param groups the quotes by kind
     * @param one whether a small screen shows the chart, not the list
     * @param chosen the indicator in the chart, or null if there is no value yet
     * @param detail its numbers, or null
     * @param story what moved on the newest trading day, or null
     * @param valuesAge the age of the newest value, or null if there is none
     * @param differences closes that a capture of the next trading day contradicts, newest first per indicator
     * @param otherSources current numbers of other sources that differ from those of the leading one
     * @param holidaysEnd the last year whose holidays are known, if it is over; else null
     * @param dataFileProblem the error in a data file of the user, or null
     * @param firing the most severe firing alerts
     * @param unknown the requested code if no indicator has it, or null
     * @param mutedUntil when messages are sent again, or null
     * @param lastGoodPoll when a poll last returned quotes, or null
     */
    record View(
            boolean marketOpen,
            String marketChangesAt,
            String updated,
            List<Group> groups,
            boolean one,
            QuoteCard chosen,
            QuoteDetail detail,
            DayStory story,
            String valuesAge,
            List<SourceRow> sources,
            List<DifferenceRow> differences,
            List<OtherSourceRow> otherSources,
            String holidaysEnd,
            String dataFileProblem,
            List<AlertList.Row> firing,
            String lastGoodPoll,
            String unknown,
            String mutedUntil) {

        public long sourceProblems() {
            return sources.stream().filter(SourceRow::isProblem).count();
        }

        /** Messages that are neither alerts nor source problems. */
        public long notes() {
            return Stream.of(holidaysEnd, dataFileProblem, mutedUntil)
                            .filter(Objects::nonNull)
                            .count()
                    + otherSources.size()
                    + (differences.isEmpty() ? 0 : 1);
        }
    }

    /** @param kind null for discovered indicators */
    record Group(Kind kind, List<QuoteCard> cards) {}

    /**
     * @param good whether the last poll found a strip
     * @param polled whether there was a poll at all
     * @param next when the next poll is due, or null if it is due now
     * @param clockDifference null if the clocks agree
     * @param degraded what the strip lacks compared with before, or null
     * @param since when its problem began, or null
     * @param rounds how often the problem began, if it comes and goes; else null
     */
    record SourceRow(
            String name,
            boolean polled,
            boolean good,
            String outcome,
            String reason,
            String next,
            String clockDifference,
            String notUnderstood,
            String degraded,
            String since,
            Integer rounds) {

        public boolean isProblem() {
            return polled && !good
                    || degraded != null
                    || rounds != null
                    || clockDifference != null
                    || notUnderstood != null;
        }
    }

    /** @param closeCaptureId the capture of the stored close; null if it was imported from a file */
    record DifferenceRow(
            String code, String tradingDay, String close, UUID closeCaptureId, String stated, UUID statedCaptureId) {}

    record OtherSourceRow(String code, String source, String number, String time, String lead, UUID captureId) {}

    /** @param firing the number of firing alerts */
    @Transactional
    View view(Formats formats, String chosen, long firing) {
        Instant now = clock.instant();
        List<State> sources = sourceStates.all();
        List<QuoteCard> shown = cards.all(formats, sources);
        String code = chosen == null
                ? null
                : indicators.find(chosen).map(Indicator::code).orElse(chosen);
        Optional<QuoteCard> found =
                shown.stream().filter(card -> card.indicator().matches(code)).findFirst();
        List<Group> groups = groups(shown);
        Optional<Instant> newest = newest(shown);
        QuoteCard forChart =
                found.orElse(groups.isEmpty() ? null : groups.get(0).cards().get(0));
        Map<String, Changes.Item> changesByCode =
                changes.now().stream().collect(Collectors.toMap(Changes.Item::code, Function.identity()));
        return new View(
                calendars.exchange().isOpen(now),
                calendars.isAlwaysOpen()
                        ? null
                        : formats.soon(calendars.exchange().nextChange(now), now),
                newest.map(at -> formats.shortTime(at, now)).orElse(null),
                groups,
                found.isPresent(),
                forChart,
                forChart == null
                        ? null
                        : details.of(
                                formats,
                                indicators.get(forChart.indicator().code()),
                                forChart,
                                changesByCode.get(forChart.indicator().code())),
                DayStory.of(formats, shown, changesByCode, Wib.date(now)),
                newest.map(at -> formats.duration(Duration.between(at, now))).orElse(null),
                sources.stream().map(state -> source(formats, state, now)).toList(),
                differences(formats),
                otherSources.newest(sources.stream().map(State::source).toList()).stream()
                        .filter(other -> Boolean.TRUE.equals(other.differs()))
                        .limit(MAX_DIFFERENCES)
                        .map(other -> new OtherSourceRow(
                                other.code(),
                                other.source(),
                                formats.measured(other.value(), other.changePercent(), indicators.get(other.code())),
                                formats.time(other.observedAt().toInstant()),
                                other.lead(),
                                other.captureId()))
                        .toList(),
                calendars.reaches(now) ? null : String.valueOf(calendars.lastKnownYear()),
                calendars.problem().orElse(null),
                firing == 0 ? List.of() : alerts.firing(formats, MAX_FIRING),
                lastGood(sources).map(formats::time).orElse(null),
                found.isPresent() ? null : chosen,
                mutes.all().map(formats::time).orElse(null));
    }

    private List<DifferenceRow> differences(Formats formats) {
        Map<Integer, Indicator> byId =
                indicators.recent().all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        List<DifferenceRow> rows = new ArrayList<>();
        contradictions.newestCloseDifferences(MAX_DIFFERENCES).forEach((id, differences) -> differences.stream()
                .filter(d -> byId.containsKey(id))
                .forEach(d -> rows.add(new DifferenceRow(
                        byId.get(id).code(),
                        formats.day(d.tradingDay()),
                        formats.number(d.close(), byId.get(id).decimals()),
                        d.closeCaptureId(),
                        formats.number(d.stated(), byId.get(id).decimals()),
                        d.statedCaptureId()))));
        return rows;
    }

    private static Optional<Instant> lastGood(List<State> sources) {
        return sources.stream()
                .map(State::lastGoodAt)
                .filter(Objects::nonNull)
                .map(OffsetDateTime::toInstant)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> newest(List<QuoteCard> cards) {
        return cards.stream().map(card -> card.observed().at()).max(Comparator.naturalOrder());
    }

    /** The quotes in the order of {@link #GROUPS}, discovered indicators last. */
    private static List<Group> groups(List<QuoteCard> cards) {
        Map<Kind, List<QuoteCard>> known = cards.stream()
                .filter(card -> !card.indicator().discovered())
                .collect(Collectors.groupingBy(card -> card.indicator().kind()));
        List<QuoteCard> discovered =
                cards.stream().filter(card -> card.indicator().discovered()).toList();
        return Stream.concat(
                        GROUPS.stream().filter(known::containsKey).map(kind -> new Group(kind, known.get(kind))),
                        discovered.isEmpty() ? Stream.empty() : Stream.of(new Group(null, discovered)))
                .toList();
    }

    private static SourceRow source(Formats formats, State state, Instant now) {
        Instant due = state.nextPollAt().toInstant();
        Optional<Trouble> trouble = Optional.ofNullable(state.trouble());
        Optional<Trouble> degraded = trouble.filter(one -> !one.kind().isTotal() && one.goodPolls() == 0);
        return new SourceRow(
                state.source(),
                state.outcome() != null,
                state.isGood(),
                state.outcome() == null ? null : state.outcome().word(),
                formats.sentence(state.reason()),
                due.isAfter(now) ? formats.time(due) : null,
                state.clockDifferenceSeconds() == null
                        ? null
                        : formats.duration(Duration.ofSeconds(Math.abs(state.clockDifferenceSeconds()))),
                state.unknown().isEmpty() ? null : String.join(" · ", state.unknown()),
                degraded.map(one -> formats.sentence(one.reason())).orElse(null),
                trouble.map(one -> formats.time(one.since().toInstant())).orElse(null),
                trouble.filter(one -> one.rounds() > 1).map(Trouble::rounds).orElse(null));
    }
}
