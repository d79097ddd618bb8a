package id.detak.page.alerts;

import id.detak.alert.AlertFilter;
import id.detak.alert.AlertViews;
import id.detak.alert.AlertViews.Item;
import id.detak.alert.rule.AlertState;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.notify.Severity;
import id.detak.page.shared.Formats;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lists alerts in the reader's language: first the firing ones, then the resolved ones. */
@ApplicationScoped
public class AlertList {

    private static final int MAX_FIRING = 1000;
    private static final int PAGE_SIZE = 50;

    private final AlertViews alerts;
    private final Indicators indicators;

    AlertList(AlertViews alerts, Indicators indicators) {
        this.alerts = alerts;
        this.indicators = indicators;
    }

    /**
     * @param newest whether this is the first page
     * @param older the id of the last alert if there is another page; else null
     */
    record View(List<Row> rows, boolean newest, String older) {}

    /** @param resolvedAt null while the alert fires */
    public record Row(
            UUID id,
            Severity severity,
            String code,
            String rule,
            String text,
            String firedAt,
            String worst,
            String resolvedAt,
            Order order) {

        public boolean firing() {
            return resolvedAt == null;
        }
    }

    /**
     * What the columns of the table sort by.
     *
     * @param fired in epoch milliseconds
     * @param worst in percent, or else the value
     * @param resolved null while it fires
     */
    public record Order(long fired, BigDecimal worst, Long resolved) {

        static Order of(Item item) {
            BigDecimal percent = item.worst().worstChangePercent();
            return new Order(
                    millis(item.firedAt()),
                    percent == null ? item.worst().worstValue() : percent,
                    item.resolution().resolvedAt() == null
                            ? null
                            : millis(item.resolution().resolvedAt()));
        }

        private static long millis(OffsetDateTime time) {
            return time.toInstant().toEpochMilli();
        }
    }

    /** @param before null for the first page, with all firing alerts */
    View view(Formats formats, UUID before) {
        List<Item> rows = new ArrayList<>(
                before == null
                        ? alerts.list(AlertFilter.of(AlertState.FIRING, null), MAX_FIRING, formats.language())
                        : List.of());
        List<Item> resolved = alerts.list(AlertFilter.of(AlertState.RESOLVED, before), PAGE_SIZE, formats.language());
        rows.addAll(resolved);
        String older = resolved.size() < PAGE_SIZE
                ? null
                : resolved.get(PAGE_SIZE - 1).id().toString();
        return new View(rows.stream().map(item -> row(formats, item)).toList(), before == null, older);
    }

    /** The most severe firing alerts, the newest first. */
    public List<Row> firing(Formats formats, int most) {
        return alerts.gravest(most, formats.language()).stream()
                .map(item -> row(formats, item))
                .toList();
    }

    public Row row(Formats formats, Item item) {
        Indicator indicator = indicators.get(item.code());
        return new Row(
                item.id(),
                item.severity(),
                item.code(),
                item.rule(),
                item.text(),
                formats.time(item.firedAt().toInstant()),
                formats.measured(item.worst().worstValue(), item.worst().worstChangePercent(), indicator),
                item.resolution().resolvedAt() == null
                        ? null
                        : formats.time(item.resolution().resolvedAt().toInstant()),
                Order.of(item));
    }
}
