package id.detak.intake;

import id.detak.access.AuditLog;
import id.detak.alert.IndicatorRules;
import id.detak.alert.RuleEvaluation;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.RejectedException;
import id.detak.series.SeriesTransfer;
import id.detak.series.SeriesTransfer.Moved;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Renames, hides, merges and deletes indicators, each in one transaction with everything that depends on it. The series
 * is locked first, so nothing is recorded meanwhile.
 */
@ApplicationScoped
public class IndicatorEditor {

    /** Time limit of a transaction that moves or deletes a whole series. */
    private static final int LONG_SECONDS = 3600;

    private static final int SHORT_SECONDS = 300;

    private final Indicators indicators;
    private final SeriesTransfer series;
    private final IndicatorRules rules;
    private final RuleEvaluation evaluation;
    private final AuditLog audit;
    private final PgNotifications notifications;

    IndicatorEditor(
            Indicators indicators,
            SeriesTransfer series,
            IndicatorRules rules,
            RuleEvaluation evaluation,
            AuditLog audit,
            PgNotifications notifications) {
        this.indicators = indicators;
        this.series = series;
        this.rules = rules;
        this.evaluation = evaluation;
        this.audit = audit;
        this.notifications = notifications;
    }

    /**
     * What to change; null keeps a value.
     *
     * @param nameId the Indonesian name
     * @param nameEn the English name
     */
    public record Change(String code, String nameId, String nameEn, Boolean hidden) {}

    /** @return the code of the indicator afterwards */
    public String change(String code, Change change, String by) {
        return inTransaction(SHORT_SECONDS, () -> changeNow(code, change, by));
    }

    private String changeNow(String code, Change change, String by) {
        Indicator indicator = lock(code).get(0);
        String before = indicator.code();
        List<String> done = new ArrayList<>();
        if (change.code != null && !change.code.strip().equalsIgnoreCase(before)) {
            indicators.recode(indicator, change.code);
            rules.replaceCode(before, indicator.code());
            done.add("code " + indicator.code());
        }
        if (change.nameId != null || change.nameEn != null) {
            indicators.name(indicator, change.nameId, change.nameEn);
            done.add("names " + change.nameId + ", " + change.nameEn);
        }
        if (change.hidden != null && change.hidden != indicator.isHidden()) {
            indicators.hide(indicator, change.hidden);
            done.add(change.hidden ? "hidden" : "shown");
        }
        if (!done.isEmpty()) {
            evaluation.reload(indicator);
            audit.add(by, "indicator.change", before, String.join("; ", done));
            notifications.publish(Topic.SERIES);
        }
        return indicator.code();
    }

    /**
     * Moves everything of an indicator to another one, which also gets its labels.
     *
     * @throws RejectedException if one of them does not exist, or their numbers do not make one series
     */
    public Moved merge(String code, String intoCode, String by) {
        return inTransaction(LONG_SECONDS, () -> mergeNow(code, intoCode, by));
    }

    private Moved mergeNow(String code, String intoCode, String by) {
        List<Indicator> locked = lock(code, intoCode);
        Indicator from = locked.get(0);
        Indicator into = locked.get(1);
        Moved moved = series.move(from, into);
        rules.replaceCode(from.code(), into.code());
        rules.move(from, into);
        indicators.replace(from, into);
        evaluation.reload(into);
        audit.add(
                by,
                "indicator.merge",
                from.code(),
                "into " + into.code() + "; observations moved " + moved.moved() + ", same " + moved.same()
                        + ", conflicting " + moved.conflicting());
        notifications.publish(Topic.SERIES);
        return moved;
    }

    /**
     * Deletes an indicator with its observations, bars and alerts. Its labels are refused from then on.
     *
     * @throws RejectedException if there is no such indicator, or a rule names it
     */
    public void delete(String code, String by) {
        inTransaction(LONG_SECONDS, () -> deleteNow(code, by));
    }

    private long deleteNow(String code, String by) {
        Indicator indicator = lock(code).get(0);
        List<String> naming = rules.naming(indicator.code());
        if (!naming.isEmpty()) {
            throw RejectedException.conflict("Rules name " + indicator.code() + ": " + String.join(", ", naming)
                    + ". Change or delete them first.");
        }
        rules.remove(indicator);
        long deleted = series.deleteAll(indicator.id());
        indicators.refuse(indicator);
        audit.add(by, "indicator.delete", indicator.code(), "observations deleted " + deleted);
        notifications.publish(Topic.SERIES);
        return deleted;
    }

    /** Makes a label an indicator at once. */
    public Indicator confirm(String label, String by) {
        return inTransaction(SHORT_SECONDS, () -> {
            Indicator indicator = indicators.confirm(label);
            audit.add(by, "label.confirm", indicator.code(), "");
            notifications.publish(Topic.SERIES);
            return indicator;
        });
    }

    private static <T> T inTransaction(int seconds, Callable<T> work) {
        return QuarkusTransaction.joiningExisting().timeout(seconds).call(work);
    }

    /** Finds and locks indicators, in the order of the codes. */
    private List<Indicator> lock(String... codes) {
        List<Indicator> found = new ArrayList<>();
        for (String code : codes) {
            found.add(indicators
                    .known()
                    .find(code)
                    .orElseThrow(() -> RejectedException.notFound(
                            "There is no indicator " + code + ". GET /api/v1/indicators lists them.")));
        }
        List<Integer> ids = found.stream().map(Indicator::id).toList();
        if (ids.stream().distinct().count() < ids.size()) {
            throw RejectedException.conflict(codes[0] + " and " + codes[1] + " are the same indicator, "
                    + found.get(0).code() + ".");
        }
        series.lock(ids);
        Map<Integer, Indicator> there =
                indicators.lock(ids).stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        if (!there.keySet().containsAll(ids)) {
            throw RejectedException.notFound(
                    "The indicator was merged or deleted meanwhile. GET /api/v1/indicators lists the indicators.");
        }
        return ids.stream().map(there::get).toList();
    }
}
