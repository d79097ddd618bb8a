package id.detak.page.stream;

import id.detak.access.Credential;
import id.detak.access.Credentials;
import id.detak.alert.AlertViews;
import id.detak.database.PgNotifications.Told;
import id.detak.database.PgNotifications;
import id.detak.series.SeriesVersions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Hears of new captures, whichever process took them, and turns each into the events that open pages wait for. One listener
 * for all pages. After a broken connection it says {@code source}, so that pages look again for what they missed.
 */
@ApplicationScoped
public class LiveUpdates {

    private static final String EVERYBODY = "";
    private static final int LISTEN_AGAIN_MILLIS = 1000;

    private final PgNotifications streams;
    private final CaptureEvents captureEvents;
    private final AlertViews alerts;
    private final SeriesVersions versions;
    private final Credentials grants;
    private final BroadcastProcessor<StreamEvent> events = BroadcastProcessor.create();
    private volatile boolean running;
    private Thread listener;

    LiveUpdates(PgNotifications streams, CaptureEvents captureEvents, AlertViews alerts, SeriesVersions versions, Credentials grants) {
        this.grants = grants;
        this.alerts = alerts;
        this.versions = versions;
        this.streams = streams;
        this.captureEvents = captureEvents;
    }

    /** An event of the stream. {@code name}: {@code quote}, {@code alert} or {@code source}. */
    public record StreamEvent(String name, Object data) {

        /** Goes to nobody: whoever has a stream by that session, or, where none is named, by any token or session, is looked at again. */
        static final String ACCESS = "access";

        boolean isAccess() {
            return name.equals(ACCESS);
        }

        boolean concerns(Credential grant) {
            return data.equals(EVERYBODY) || Credentials.isSession(grant, (String) data);
        }
    }

    public void start() {
        running = true;
        listener = new Thread(this::listen, "detak-listen");
        listener.setDaemon(true);
        listener.start();
    }

    public void stop() {
        running = false;
        if (listener != null) {
            try {
                listener.join(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Multi<StreamEvent> events() {
        return events;
    }

    private void listen() {
        boolean again = false;
        while (running) {
            boolean reconnected = again;
            try {
                streams.listen(() -> running, () -> {
                    versions.forget();
                    accessChanged(EVERYBODY);
                    if (reconnected) {
                        captureEvents.sources().forEach(events::onNext);
                    }
                }, this::heard);
            } catch (SQLException | RuntimeException e) {
                if (running && !again) {
                    Log.warnf("The live stream lost its database connection (%s); trying on.", e.getMessage());
                }
            }
            again = true;
            pause();
        }
    }

    private void heard(Told told) {
        try {
            versions.forget();
            switch (told.topic()) {
                case PgNotifications.CAPTURE -> captureEvents.of(UUID.fromString(told.payload())).forEach(events::onNext);
                case PgNotifications.ALERT -> alerts.find(UUID.fromString(told.payload())).ifPresent(alert -> events.onNext(new StreamEvent("alert", alert)));
                case PgNotifications.ACCESS -> accessChanged(told.payload());
                case PgNotifications.SERIES -> captureEvents.sources().forEach(events::onNext);
                default -> {
                    // of a newer process on the same database
                }
            }
        } catch (RuntimeException e) {
            Log.warnf("A live update was lost: %s", e.getMessage());
        }
    }

    private void accessChanged(String session) {
        if (session.equals(EVERYBODY)) {
            grants.forget();
        } else {
            grants.forgetSession(session);
        }
        events.onNext(new StreamEvent(StreamEvent.ACCESS, session));
    }

    private void pause() {
        try {
            Thread.sleep(running ? LISTEN_AGAIN_MILLIS : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
