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

/** Collects the data of the kiosk, in the reader's language. */
@ApplicationScoped
class Kiosk {

    private static final int MAX_FIRING = 2;

    private final QuoteCards cards;
    private final SourceStates sourceStates;
    private final AlertList alerts;
    private final AlertViews alertViews;

    Kiosk(QuoteCards cards, SourceStates sourceStates, AlertList alerts, AlertViews alertViews) {
        this.cards = cards;
        this.sourceStates = sourceStates;
        this.alerts = alerts;
        this.alertViews = alertViews;
    }

    /**
     * @param unknown the requested codes that have no value, or null
     * @param firing the most severe firing alerts
     * @param moreFiring the number of other firing alerts
     */
    record View(
            int every,
            List<Slide> slides,
            String unknown,
            List<Trouble> troubles,
            List<AlertList.Row> firing,
            long moreFiring) {}

    /** One indicator in full-screen size. */
    record Slide(QuoteCard quote, QuoteFigures figures) {

        /** The width class of the large number in characters, by which the style sheet sets its font size. */
        public int room() {
            return Arrays.stream(new int[] {6, 9, 12, 16})
                    .filter(most -> figures.main().length() <= most)
                    .findFirst()
                    .orElse(24);
        }
    }

    /** A source whose last poll failed. */
    record Trouble(String source, String reason) {}

    @Transactional
    View view(Formats formats, KioskSetting setting) {
        List<SourceStates.State> sources = sourceStates.all();
        List<QuoteCard> all = cards.all(formats, sources);
        Set<QuoteCard> shown = new LinkedHashSet<>(setting.codes().isEmpty() ? all : List.of());
        List<String> unknown = new ArrayList<>();
        for (String code : setting.codes()) {
            all.stream()
                    .filter(card -> card.indicator().matches(code))
                    .findFirst()
                    .ifPresentOrElse(shown::add, () -> unknown.add(code));
        }
        List<AlertList.Row> firing = alerts.firing(formats, MAX_FIRING);
        return new View(
                setting.every(),
                shown.stream()
                        .map(quote -> new Slide(quote, QuoteFigures.of(quote)))
                        .toList(),
                unknown.isEmpty() ? null : String.join(", ", unknown),
                sources.stream()
                        .filter(state -> state.outcome() != null && !state.isGood())
                        .map(state -> new Trouble(
                                state.source(),
                                state.reason() == null ? state.outcome().word() : formats.sentence(state.reason())))
                        .toList(),
                firing,
                alertViews.firingCount() - firing.size());
    }
}
