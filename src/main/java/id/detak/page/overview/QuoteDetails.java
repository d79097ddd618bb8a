package id.detak.page.overview;

import id.detak.indicator.Indicator;
import id.detak.page.overview.QuoteDetail.Figure;
import id.detak.page.overview.QuoteDetail.Span;
import id.detak.page.shared.Direction;
import id.detak.page.shared.Formats;
import id.detak.page.shared.QuoteCard;
import id.detak.series.Bars;
import id.detak.series.Measure;
import id.detak.series.history.Changes;
import id.detak.series.history.Changes.Window;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Builds the details of one quote, in the reader's language. */
@ApplicationScoped
class QuoteDetails {

    private static final List<Window> WINDOWS =
            List.of(Window.WEEK, Window.MONTH, Window.THREE_MONTHS, Window.YEAR_TO_DATE, Window.YEAR);

    private final Bars bars;

    QuoteDetails(Bars bars) {
        this.bars = bars;
    }

    /** @param changes of the indicator, or null */
    QuoteDetail of(Formats formats, Indicator indicator, QuoteCard quote, Changes.Item changes) {
        return new QuoteDetail(
                quote,
                indicator.hasLevel() ? day(formats, indicator, quote) : null,
                changes == null ? null : year(formats, indicator, changes),
                changes == null ? List.of() : figures(formats, indicator, changes));
    }

    private Span day(Formats formats, Indicator indicator, QuoteCard quote) {
        return bars
                .days(
                        indicator.id(),
                        quote.observed().tradingDay(),
                        quote.observed().tradingDay())
                .stream()
                .filter(bar -> bar.key().measure() == Measure.VALUE)
                .findFirst()
                .map(bar -> span(formats, indicator, bar.close(), bar.low(), bar.high()))
                .orElse(null);
    }

    private static Span year(Formats formats, Indicator indicator, Changes.Item changes) {
        return span(
                formats,
                indicator,
                changes.value(),
                changes.low52w().value(),
                changes.high52w().value());
    }

    private static Span span(Formats formats, Indicator indicator, BigDecimal value, BigDecimal low, BigDecimal high) {
        return new Span(formats.value(low, indicator), formats.value(high, indicator), Span.position(value, low, high));
    }

    private static List<Figure> figures(Formats formats, Indicator indicator, Changes.Item changes) {
        List<Figure> figures = new ArrayList<>();
        Changes.Change day = changes.changes().get(Window.DAY.word());
        if (indicator.hasLevel() && day != null) {
            figures.add(new Figure(
                    "previousClose",
                    formats.value(day.fromValue(), indicator),
                    Direction.FLAT,
                    formats.day(day.fromDay()),
                    null));
        }
        for (Window window : WINDOWS) {
            Changes.Change change = changes.changes().get(window.word());
            figures.add(
                    change == null
                            ? new Figure(
                                    window.word(),
                                    formats.percent(null),
                                    Direction.FLAT,
                                    null,
                                    changes.missing().get(window.word()))
                            : moved(
                                    formats,
                                    window.word(),
                                    change.changePercent(),
                                    formats.value(change.fromValue(), indicator) + ", "
                                            + formats.day(change.fromDay())));
        }
        Changes.Drawdown drawdown = changes.maxDrawdown();
        if (drawdown.peakDay() != null) {
            figures.add(moved(
                    formats,
                    "drawdown",
                    drawdown.percent(),
                    formats.day(drawdown.peakDay()) + " – " + formats.day(drawdown.troughDay())));
        }
        return figures;
    }

    private static Figure moved(Formats formats, String name, BigDecimal percent, String from) {
        return new Figure(name, formats.roundedPercent(percent), Direction.of(percent), from, null);
    }
}
