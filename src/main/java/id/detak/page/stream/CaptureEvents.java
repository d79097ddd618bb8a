package id.detak.page.stream;

import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.capture.SourceStates;
import id.detak.page.stream.LiveUpdates.StreamEvent;
import id.detak.series.LatestQuotes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The stream events of a capture: a {@code quote} for each indicator whose latest quote it contains (none for an import
 * of old pages), and the state of its {@code source}.
 */
@ApplicationScoped
class CaptureEvents {

    private final Captures captures;
    private final LatestQuotes latest;
    private final SourceStates sourceStates;

    CaptureEvents(Captures captures, LatestQuotes latest, SourceStates sourceStates) {
        this.captures = captures;
        this.latest = latest;
        this.sourceStates = sourceStates;
    }

    @Transactional
    List<StreamEvent> of(UUID captureId) {
        Optional<Capture> capture = captures.findByIdOptional(captureId);
        if (capture.isEmpty()) {
            return List.of();
        }
        List<StreamEvent> events = new ArrayList<>();
        latest.all().stream()
                .filter(item -> captureId.equals(item.captureId()))
                .forEach(item -> events.add(new StreamEvent("quote", item)));
        sourceStates.of(capture.get().source()).ifPresent(state -> events.add(new StreamEvent("source", state)));
        return events;
    }

    List<StreamEvent> sources() {
        return sourceStates.all().stream()
                .map(state -> new StreamEvent("source", state))
                .toList();
    }
}
