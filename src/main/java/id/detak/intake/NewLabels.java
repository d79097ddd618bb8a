package id.detak.intake;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.capture.Captures;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.indicator.KnownIndicators;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which new labels become indicators: those of a polled page once several polls of its source have shown them,
 * those of an imported or posted page at once. The quotes of other labels are reported as not understood.
 */
@ApplicationScoped
@Transactional(MANDATORY)
public class NewLabels {

    /** Among how many strips, per required one, a label is searched. */
    private static final int STRIPS_PER_CAPTURE = 4;

    private static final int MAX_WAITING = 200;

    private final Indicators indicators;
    private final Captures captures;
    private final Sources sources;
    private final StripParser parser;
    private final Clock clock;

    NewLabels(Indicators indicators, Captures captures, Sources sources, StripParser parser, Clock clock) {
        this.indicators = indicators;
        this.captures = captures;
        this.sources = sources;
        this.parser = parser;
        this.clock = clock;
    }

    /**
     * The parts of a strip.
     *
     * @param quotes of indicators, and of labels that become one
     * @param unknown pieces that were not understood, and quotes of labels that are not an indicator
     */
    record Admitted(List<Quote> quotes, List<String> unknown) {}

    /**
     * A label that is not an indicator.
     *
     * @param source whose strips show it; null for one that was refused
     * @param seen the number of the source's last strips that show it
     * @param needed the number from which it becomes an indicator
     */
    public record Waiting(String label, String source, long seen, int needed, boolean refused) {}

    Admitted admit(Via via, String source, Instant at, Strip strip) {
        if (strip.quotes().stream()
                .allMatch(quote -> indicators.find(quote.code()).isPresent())) {
            return new Admitted(strip.quotes(), strip.unknown());
        }
        KnownIndicators known = indicators.known();
        Set<String> labels = unknownLabels(known, strip);
        Collection<String> candidates = candidates(known, labels);
        if (via == Via.POLL && !candidates.isEmpty()) {
            Map<String, Long> before = seen(source, at);
            candidates.removeIf(label -> before.getOrDefault(label, 0L) + 1 < indicators.capturesOfNew());
        }
        return split(strip, labels, atMost(candidates, indicators.roomForNew(known)));
    }

    /** Admits the labels of stored captures, which count together. */
    Map<ReadStrip, Admitted> admit(Collection<ReadStrip> strips) {
        KnownIndicators known = indicators.known();
        Map<String, Map<String, Long>> polls = new HashMap<>();
        Set<String> admitted = new LinkedHashSet<>();
        for (ReadStrip read : strips) {
            for (String label : candidates(known, unknownLabels(known, read.strip()))) {
                long seen = polls.computeIfAbsent(read.source(), source -> new HashMap<>())
                        .merge(label, 1L, Long::sum);
                if (!read.isPolled() || seen >= indicators.capturesOfNew()) {
                    admitted.add(label);
                }
            }
        }
        Set<String> most = atMost(admitted, indicators.roomForNew(known));
        return strips.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), read -> split(read.strip(), unknownLabels(known, read.strip()), most)));
    }

    /** A strip of a stored capture. */
    record ReadStrip(String source, Strip strip) {

        /** A source's name has no colon, unlike the names of captures that were imported or posted. */
        boolean isPolled() {
            return source.indexOf(':') < 0;
        }
    }

    private static Admitted split(Strip strip, Set<String> unknown, Set<String> admitted) {
        List<Quote> quotes = new ArrayList<>();
        List<String> pieces = new ArrayList<>(strip.unknown());
        for (Quote quote : strip.quotes()) {
            if (unknown.contains(quote.code()) && !admitted.contains(quote.code())) {
                pieces.add(text(quote));
            } else {
                quotes.add(quote);
            }
        }
        return new Admitted(quotes, pieces);
    }

    /** The labels that active sources show and that are not an indicator, and the refused ones. */
    public List<Waiting> waiting() {
        KnownIndicators known = indicators.known();
        List<Waiting> waiting = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (Sources.Source source : sources.active()) {
            seen(source.name(), clock.instant()).entrySet().stream()
                    .filter(entry -> known.find(entry.getKey()).isEmpty())
                    .forEach(entry -> {
                        shown.add(entry.getKey());
                        waiting.add(new Waiting(
                                entry.getKey(),
                                source.name(),
                                entry.getValue(),
                                indicators.capturesOfNew(),
                                known.isRefused(entry.getKey())));
                    });
        }
        known.refused().stream()
                .filter(label -> !shown.contains(label) && known.find(label).isEmpty())
                .forEach(label -> waiting.add(new Waiting(label, null, 0, indicators.capturesOfNew(), true)));
        return waiting.stream()
                .sorted(Comparator.comparing(Waiting::label).thenComparing(Waiting::seen, Comparator.reverseOrder()))
                .limit(MAX_WAITING)
                .toList();
    }

    private static Set<String> unknownLabels(KnownIndicators known, Strip strip) {
        return strip.quotes().stream()
                .map(Quote::code)
                .filter(code -> known.find(code).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> candidates(KnownIndicators known, Collection<String> labels) {
        return labels.stream()
                .filter(label -> !known.isRefused(label))
                .limit(indicators.mostNewOfPage())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> atMost(Collection<String> labels, long most) {
        return labels.stream().limit(most).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How many of the source's last strips before a time show each label. */
    private Map<String, Long> seen(String source, Instant before) {
        List<String> texts = captures.strips(source, before, STRIPS_PER_CAPTURE * indicators.capturesOfNew());
        // most of them are equal, so parse each text once
        Map<String, List<String>> labels = texts.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), text -> labels(parser.parse(text))));
        return texts.stream()
                .flatMap(text -> labels.get(text).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static List<String> labels(Optional<Strip> strip) {
        return strip.stream()
                .flatMap(found -> found.quotes().stream())
                .map(Quote::code)
                .distinct()
                .toList();
    }

    private static String text(Quote quote) {
        return Stream.of(
                        quote.label(),
                        plain(quote.value()),
                        plain(quote.change()),
                        quote.changePercent() == null ? "" : plain(quote.changePercent()) + "%")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String plain(BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }
}
