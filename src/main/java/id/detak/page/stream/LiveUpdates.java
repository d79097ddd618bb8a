package id.detak.page.stream;

import id.detak.access.Credential;
import id.detak.access.Credentials;
import id.detak.alert.AlertViews;
import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import id.detak.platform.language.Language;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;

/**
 * Turns notifications from the database into events for open pages, no matter which process stored the data. After a
 * broken connection it sends {@code source}, so that pages load what they may have missed.
 */
@ApplicationScoped
public class LiveUpdates {

    private static final String EVERYBODY = "";

    private final CaptureEvents captureEvents;
    private final AlertViews alerts;
    private final BroadcastProcessor<StreamEvent> events = BroadcastProcessor.create();

    LiveUpdates(CaptureEvents captureEvents, AlertViews alerts) {
        this.captureEvents = captureEvents;
        this.alerts = alerts;
    }

    /** An event of the stream. {@code name}: {@code quote}, {@code alert} or {@code source}. */
    public record StreamEvent(String name, Object data) {

        /** The data of an event that contains texts, in each language. */
        private record Translations(Map<Language, ?> data) {}

        static StreamEvent translated(String name, Map<Language, ?> data) {
            return new StreamEvent(name, new Translations(data));
        }

        Object data(Language language) {
            return data instanceof Translations translations ? translations.data.get(language) : data;
        }

        /**
         * An event that is not sent to clients. It makes streams check whether their credential is still valid: those
         * of the named session, or all if none is named.
         */
        static final String ACCESS = "access";

        boolean isAccess() {
            return name.equals(ACCESS);
        }

        boolean concerns(Credential grant) {
            return data.equals(EVERYBODY) || Credentials.isSession(grant, (String) data);
        }
    }

    Multi<StreamEvent> events() {
        return events;
    }

    void onConnected(@Observes ListenerConnected connected) {
        accessChanged(EVERYBODY);
        if (connected.again()) {
            captureEvents.sources().forEach(events::onNext);
        }
    }

    void onNotification(@Observes Notification notification) {
        switch (notification.topic()) {
            case CAPTURE ->
                captureEvents.of(UUID.fromString(notification.payload())).forEach(events::onNext);
            case ALERT ->
                alerts.find(UUID.fromString(notification.payload()))
                        .ifPresent(alert -> events.onNext(StreamEvent.translated("alert", alert)));
            case ACCESS -> accessChanged(notification.payload());
            case SERIES -> captureEvents.sources().forEach(events::onNext);
        }
    }

    private void accessChanged(String session) {
        events.onNext(new StreamEvent(StreamEvent.ACCESS, session));
    }
}
