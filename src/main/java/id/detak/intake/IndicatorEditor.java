package id.detak.intake;

import id.detak.access.AuditLog;
import id.detak.alert.AlertRetraction;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Renames, hides, merges and deletes indicators, with everything that depends on them. The series is locked first, so
 * nothing is recorded meanwhile. A long series is moved or deleted in parts, each in its own transaction, so that polls
 * wait for one part at most. After an interruption, the same request completes it.
 */
@ApplicationScoped
public class IndicatorEditor {

    private static final int SECONDS = 300;

    private final Indicators indicators;
    private final SeriesTransfer series;
    private final IndicatorRules rules;
    private final RuleEvaluation evaluation;
    private final AlertRetraction retraction;
    private final AuditLog audit;
    private final PgNotifications notifications;

    IndicatorEditor(
            Indicators indicators,
            SeriesTransfer series,
            IndicatorRules rules,
            RuleEvaluation evaluation,
            AlertRetraction retraction,
            AuditLog audit,
            PgNotifications notifications) {
        this.indicators = indicators;
        this.series = series;
        this.rules = rules;
        this.evaluation = evaluation;
        this.retraction = retraction;
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
        return inTransaction(() -> changeNow(code, change, by));
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
        Moved moved = Moved.NOTHING;
        for (Optional<Moved> part = mergePart(code, intoCode); part.isPresent(); part = mergePart(code, intoCode)) {
            moved = moved.plus(part.get());
        }
        Moved before = moved;
        return inTransaction(() -> mergeRest(code, intoCode, before, by));
    }

    /** Moves a part of a long series; empty if the rest is short. */
    Optional<Moved> mergePart(String code, String intoCode) {
        return inTransaction(() -> {
            List<Indicator> locked = lock(code, intoCode);
            Optional<Moved> part = series.movePart(locked.get(0), locked.get(1));
            if (part.isPresent()) {
                locked.forEach(evaluation::reload);
                notifications.publish(Topic.SERIES);
            }
            return part;
        });
    }

    private Moved mergeRest(String code, String intoCode, Moved before, String by) {
        List<Indicator> locked = lock(code, intoCode);
        Indicator from = locked.get(0);
        Indicator into = locked.get(1);
        Moved moved = before.plus(series.moveRest(from, into));
        rules.replaceCode(from.code(), into.code());
        rules.move(from, into);
        retraction.retract(into, AlertRetraction.doubted(moved.rejudged()));
        indicators.replace(from, into);
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
        long deleted = 0;
        for (long part = deletePart(code); part > 0; part = deletePart(code)) {
            deleted += part;
        }
        long before = deleted;
        inTransaction(() -> deleteRest(code, before, by));
    }

    private long deletePart(String code) {
        return inTransaction(() -> {
            Indicator indicator = lockUnnamed(code);
            long deleted = series.deletePart(indicator.id());
            if (deleted > 0) {
                evaluation.reload(indicator);
                notifications.publish(Topic.SERIES);
            }
            return deleted;
        });
    }

    private long deleteRest(String code, long before, String by) {
        Indicator indicator = lockUnnamed(code);
        rules.remove(indicator);
        long deleted = before + series.deleteRest(indicator.id());
        indicators.refuse(indicator);
        audit.add(by, "indicator.delete", indicator.code(), "rows deleted " + deleted);
        notifications.publish(Topic.SERIES);
        return deleted;
    }

    private Indicator lockUnnamed(String code) {
        Indicator indicator = lock(code).get(0);
        List<String> naming = rules.naming(indicator.code());
        if (!naming.isEmpty()) {
            throw RejectedException.conflict("Rules name " + indicator.code() + ": " + String.join(", ", naming)
                    + ". Change or delete them first.");
        }
        return indicator;
    }

    /** Makes a label an indicator immediately. */
    public Indicator confirm(String label, String by) {
        return inTransaction(() -> {
            Indicator indicator = indicators.confirm(label);
            audit.add(by, "label.confirm", indicator.code(), "");
            notifications.publish(Topic.SERIES);
            return indicator;
        });
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.joiningExisting().timeout(SECONDS).call(work);
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
        Map<Integer, Indicator> byId =
                indicators.lock(ids).stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        if (!byId.keySet().containsAll(ids)) {
            throw RejectedException.notFound(
                    "The indicator was just merged or deleted. GET /api/v1/indicators lists the indicators.");
        }
        return ids.stream().map(byId::get).toList();
    }
}
