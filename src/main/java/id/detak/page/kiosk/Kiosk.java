package id.detak.page.kiosk;

import id.detak.alert.AlertViews;
import id.detak.capture.SourceStates;
import id.detak.page.alerts.AlertList;
import id.detak.page.overview.QuoteCards;
import id.detak.page.shared.Formats;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.QuoteFigures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what a wall screen shows, in the reader's language. */
@ApplicationScoped
class Kiosk {

    private static final int MOST_FIRING = 2;

    private final QuoteCards cards;
    private final SourceStates sourceStates;
    private final AlertList alerts;
    private final AlertViews answers;

    Kiosk(QuoteCards cards, SourceStates sourceStates, AlertList alerts, AlertViews answers) {
        this.cards = cards;
        this.sourceStates = sourceStates;
        this.alerts = alerts;
        this.answers = answers;
    }

    /**
     * @param unknown which of those that were asked for have no value, or null
     * @param firing the firing alerts of the highest severity
     * @param moreFiring how many others do
     */
    record View(int every, List<Slide> slides, String unknown, List<Trouble> troubles, List<AlertList.Row> firing, long moreFiring) {
    }

    /** An indicator as it fills the screen. */
    record Slide(QuoteCard quote, QuoteFigures figures) {

        /** How many characters the large number may need: its letters are as large as that leaves room for. */
        public int room() {
            return Arrays.stream(new int[] {6, 9, 12, 16}).filter(most -> figures.main().length() <= most).findFirst().orElse(24);
        }
    }

    /** A source whose last attempt brought nothing. */
    record Trouble(String source, String reason) {
    }

    @Transactional
    View view(Formats formats, KioskSetting setting) {
        List<SourceStates.State> sources = sourceStates.all();
        List<QuoteCard> all = cards.all(formats, sources);
        Set<QuoteCard> shown = new LinkedHashSet<>(setting.codes().isEmpty() ? all : List.of());
        List<String> unknown = new ArrayList<>();
        for (String code : setting.codes()) {
            all.stream().filter(card -> card.isCalled(code)).findFirst()
                    .ifPresentOrElse(shown::add, () -> unknown.add(code));
        }
        List<AlertList.Row> firing = alerts.firing(formats, MOST_FIRING);
        return new View(setting.every(), shown.stream().map(quote -> new Slide(quote, QuoteFigures.of(quote))).toList(), unknown.isEmpty() ? null : String.join(", ", unknown),
                sources.stream().filter(state -> state.outcome() != null && !state.isGood())
                        .map(state -> new Trouble(state.source(), state.reason() == null ? state.outcome().word() : state.reason())).toList(),
                firing, answers.firingCount() - firing.size());
    }
}
