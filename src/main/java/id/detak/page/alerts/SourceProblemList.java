package id.detak.page.alerts;

import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.SourceStates;
import id.detak.capture.SourceStates.State;
import id.detak.capture.SourceStates.Trouble;
import id.detak.page.shared.Formats;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sources that have a problem, or whose messages are muted. */
@ApplicationScoped
class SourceProblemList {

    private final SourceStates states;

    SourceProblemList(SourceStates states) {
        this.states = states;
    }

    /**
     * @param id for the page
     * @param path of the source in the API
     * @param problem null if only its messages are muted
     * @param mutedUntil null if they are not
     */
    record Row(String id, String path, String name, Problem problem, String mutedUntil) {}

    /**
     * @param polls bad ones
     * @param rounds null unless it comes and goes
     * @param acknowledgedBy null if it is not acknowledged
     */
    record Problem(
            Kind kind, String reason, String since, int polls, Integer rounds, String acknowledgedBy, String when) {}

    List<Row> rows(Formats formats) {
        return states.all().stream()
                .filter(state -> state.trouble() != null || state.mutedUntil() != null)
                .map(state -> row(formats, state))
                .toList();
    }

    private static Row row(Formats formats, State state) {
        String encoded =
                URLEncoder.encode(state.source(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Row(
                "source-" + encoded,
                "/api/v1/sources/" + encoded,
                state.source(),
                state.trouble() == null ? null : problem(formats, state.trouble()),
                state.mutedUntil() == null
                        ? null
                        : formats.time(state.mutedUntil().toInstant()));
    }

    private static Problem problem(Formats formats, Trouble trouble) {
        return new Problem(
                trouble.kind(),
                formats.sentence(trouble.reason()),
                formats.time(trouble.since().toInstant()),
                trouble.polls(),
                trouble.rounds() > 1 ? trouble.rounds() : null,
                trouble.acknowledgedBy(),
                trouble.acknowledgedAt() == null
                        ? null
                        : formats.time(trouble.acknowledgedAt().toInstant()));
    }
}
