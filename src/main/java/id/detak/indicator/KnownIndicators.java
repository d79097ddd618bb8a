package id.detak.indicator;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The indicators at one moment, by their codes and all other labels. */
public final class KnownIndicators {

    private final Map<String, Indicator> byCode = new HashMap<>();
    private final Map<String, Indicator> byLabel = new HashMap<>();
    private final Map<String, Indicator> byAddress = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Indicator> all;

    /** @param seeds whose labels count, too */
    KnownIndicators(Collection<Indicator> all, Collection<IndicatorLabelEntity> labels, List<IndicatorSeed> seeds) {
        this.all = all.stream().sorted(Comparator.comparing(Indicator::id)).toList();
        Map<Integer, Indicator> byId = new HashMap<>();
        for (Indicator indicator : this.all) {
            byId.put(indicator.id(), indicator);
            byCode.put(upper(indicator.code()), indicator);
            byAddress.putIfAbsent(upper(indicator.address()), indicator);
        }
        for (IndicatorLabelEntity label : labels) {
            if (label.indicatorId == null) {
                refused.add(label.label);
            } else if (byId.containsKey(label.indicatorId)) {
                byLabel.put(label.label, byId.get(label.indicatorId));
            }
        }
        for (IndicatorSeed seed : seeds) {
            Indicator indicator = byCode.getOrDefault(upper(seed.code()), byLabel.get(upper(seed.code())));
            if (indicator != null) {
                seed.labels().forEach(label -> byLabel.putIfAbsent(upper(label), indicator));
            }
        }
        byLabel.forEach((label, indicator) -> byAddress.putIfAbsent(Indicator.address(label), indicator));
    }

    /** All indicators, the oldest first. */
    public List<Indicator> all() {
        return all;
    }

    /** The indicators that are not hidden, the oldest first. */
    public List<Indicator> shown() {
        return all.stream().filter(indicator -> !indicator.isHidden()).toList();
    }

    /**
     * Finds an indicator by its code, by another label, or by the form of either in URLs ({@code USDIDR},
     * {@code RD.PENDAPATAN-TETAP}), ignoring case. The strip also prints USDIDR for USD/IDR, so two labels with the
     * same form in URLs are one indicator.
     */
    public Optional<Indicator> find(String label) {
        String upper = upper(label);
        Indicator found = byCode.get(upper);
        if (found == null) {
            found = byLabel.get(upper);
        }
        if (found == null && !refused.contains(upper)) {
            found = byAddress.get(Indicator.address(upper));
        }
        return Optional.ofNullable(found);
    }

    /** Whether the admin deleted the indicator of this label, so that it is not discovered again. */
    public boolean isRefused(String label) {
        return refused.contains(upper(label));
    }

    /** The refused labels, in alphabetical order. */
    public List<String> refused() {
        return refused.stream().sorted().toList();
    }

    /** The labels of an indicator besides its code, in alphabetical order. */
    public List<String> labelsOf(Indicator indicator) {
        return byLabel.entrySet().stream()
                .filter(entry -> entry.getValue().id() == indicator.id())
                .map(Map.Entry::getKey)
                .filter(label -> !label.equals(upper(indicator.code())))
                .sorted()
                .toList();
    }

    /** The number of indicators that {@code indicators.csv} does not name. */
    public long discovered() {
        return all.stream().filter(Indicator::isDiscovered).count();
    }

    static String upper(String label) {
        return label.replace("\0", "").toUpperCase(Locale.ROOT);
    }
}
