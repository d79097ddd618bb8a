package id.detak.intake;

import id.detak.capture.SourceProblem;
import id.detak.capture.SourceProblem.Kind;
import id.detak.notify.MessageEvent;
import id.detak.platform.language.Language;
import id.detak.platform.language.Sentences;
import id.detak.platform.language.Texts;
import id.detak.platform.language.WibTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The text of a message about a source, in the reader's language. */
final class SourceText {

    private SourceText() {}

    /** @param pollAgain when the source is polled again, if its server asked for a pause; else null */
    static String of(SourceProblem problem, MessageEvent event, Instant at, Instant pollAgain, Language language) {
        Texts texts = Texts.of("source", language);
        Map<String, String> values = values(problem, language);
        if (event == MessageEvent.RESOLVED) {
            boolean removed = problem.kind() == Kind.INCOMPLETE
                    && Duration.between(problem.since(), at).compareTo(SourceMonitor.REMOVED_AFTER) >= 0;
            return texts.get(removed ? "removed" : "resolved", values);
        }
        StringBuilder text = new StringBuilder(texts.get(problem.kind().word(), values));
        if (problem.rounds() > 1) {
            text.append(' ').append(texts.get("alternates", values));
        }
        if (pollAgain != null) {
            text.append(' ').append(texts.get("pause", Map.of("at", WibTime.DATE_AND_TIME.of(pollAgain, language))));
        }
        return event == MessageEvent.REMINDER
                ? texts.get("reminder", Map.of("text", text.toString()))
                : text.toString();
    }

    private static Map<String, String> values(SourceProblem problem, Language language) {
        Map<String, String> values = new HashMap<>();
        values.put("source", problem.source());
        values.put("reason", Sentences.in(language, problem.reason()));
        values.put("since", WibTime.DATE_AND_TIME.of(problem.kindSince(), language));
        values.put("began", WibTime.DATE_AND_TIME.of(problem.since(), language));
        values.put("polls", String.valueOf(problem.polls()));
        values.put("rounds", String.valueOf(problem.rounds()));
        values.put("times", problem.rounds() == 1 ? "" : String.valueOf(problem.rounds()));
        return values;
    }
}
