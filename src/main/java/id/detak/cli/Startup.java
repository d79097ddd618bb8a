package id.detak.cli;

import id.detak.access.AdminToken;
import id.detak.alert.AlertTimer;
import id.detak.capture.Sources;
import id.detak.database.DatabaseConfig;
import id.detak.database.DatabaseWatch;
import id.detak.database.GaugeRefresh;
import id.detak.database.NotificationListener;
import id.detak.database.StoredSettings;
import id.detak.demo.DemoHistory;
import id.detak.indicator.Indicators;
import id.detak.intake.OfflinePolls;
import id.detak.intake.Poller;
import id.detak.notify.Deliverer;
import id.detak.platform.PlatformConfig;
import id.detak.platform.UserException;
import id.detak.retention.Housekeeping;
import id.detak.series.Rebuild;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What happens when the application starts: for every command, and, where it serves, the rest. */
@ApplicationScoped
class Startup {

    private static final String WORLD = "world";

    private final SchemaUpgrade schema;
    private final StoredSettings settings;
    private final Indicators indicators;
    private final Rebuild rebuild;
    private final boolean demo;

    Startup(SchemaUpgrade schema, StoredSettings settings, Indicators indicators, Rebuild rebuild, PlatformConfig config) {
        this.schema = schema;
        this.settings = settings;
        this.indicators = indicators;
        this.rebuild = rebuild;
        this.demo = config.demo();
    }

    void onStart(@Observes StartupEvent event, Serving serving) {
        if (serving.isWanted()) {
            serving.start(this::prepareDatabase);
        } else {
            prepareDatabase();
        }
    }

    private void prepareDatabase() {
        schema.run();
        refuseToMixWorlds();
        indicators.seed();
        rebuild.rebuildIfOutdated();
    }

    /** Simulated values never get among real ones, nor real ones among them, whatever database is configured. */
    private void refuseToMixWorlds() {
        String world = demo ? "simulated" : "real";
        settings.putIfAbsent(WORLD, world);
        String stored = settings.get(WORLD).orElse(world);
        if (!stored.equals(world)) {
            throw new UserException("This database holds " + stored + " values, and Detak was started for " + world + " ones: "
                    + (demo ? "unset DETAK_DEMO" : "set DETAK_DEMO=true") + ", or name another database.");
        }
    }

    /** What only a serving process does. */
    @ApplicationScoped
    static class Serving {

        private final boolean serving;
        private final boolean polling;
        private final boolean databaseOwned;
        private final boolean demo;
        private final AdminToken adminToken;
        private final Sources sources;
        private final NotificationListener notificationListener;
        private final DemoHistory demoHistory;
        private final Poller poller;
        private final OfflinePolls offlinePolls;
        private final DatabaseWatch databaseWatch;
        private final Deliverer deliverer;
        private final AlertTimer alertClock;
        private final GaugeRefresh gaugeRefresh;
        private final Housekeeping housekeeping;

        Serving(ServerConfig config, DatabaseConfig database, PlatformConfig platform,
                AdminToken adminToken, Sources sources, NotificationListener notificationListener, DemoHistory demoHistory, Poller poller,
                OfflinePolls offlinePolls, DatabaseWatch databaseWatch, Deliverer deliverer, AlertTimer alertClock, GaugeRefresh gaugeRefresh,
                Housekeeping housekeeping) {
            this.serving = config.serving();
            this.polling = config.polling();
            this.databaseOwned = database.databaseOwned();
            this.demo = platform.demo();
            this.adminToken = adminToken;
            this.sources = sources;
            this.notificationListener = notificationListener;
            this.demoHistory = demoHistory;
            this.poller = poller;
            this.offlinePolls = offlinePolls;
            this.databaseWatch = databaseWatch;
            this.deliverer = deliverer;
            this.alertClock = alertClock;
            this.gaugeRefresh = gaugeRefresh;
            this.housekeeping = housekeeping;
        }

        /** While the database connections are still there. */
        void onStop(@Observes ShutdownEvent event) {
            gaugeRefresh.stop();
            demoHistory.stop();
            poller.stop();
            housekeeping.stop();
            offlinePolls.stop();
            alertClock.stop();
            deliverer.stop();
            notificationListener.stop();
            databaseWatch.stop();
        }

        boolean isWanted() {
            return serving;
        }

        /** Polls begin at once; what needs the database, as soon as it is there. */
        void start(Runnable prepareDatabase) {
            databaseWatch.start(() -> {
                prepareDatabase.run();
                startOnDatabase();
            }, Serving::giveUp);
            if (polling) {
                offlinePolls.start();
            }
        }

        /** The program waited for its database, and it is one that it cannot work with. */
        private static void giveUp(RuntimeException failure) {
            int code = Main.complain(failure);
            Quarkus.asyncExit(code);
        }

        private void startOnDatabase() {
            // first what may fail, and is then done anew
            sources.configure();
            adminToken.ensure();
            if (polling) {
                sources.dueNow(databaseOwned);
                offlinePolls.remember(sources.active());
            }
            deliverer.start(databaseOwned);
            alertClock.start();
            notificationListener.start();
            if (demo) {
                demoHistory.start();
            }
            gaugeRefresh.start();
            housekeeping.start();
            if (polling) {
                poller.start();
            }
        }
    }
}
