package id.detak.cli;

import id.detak.access.AdminToken;
import id.detak.alert.AlertTimer;
import id.detak.alert.StarterRules;
import id.detak.backup.ScheduledBackups;
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

/** Starts the application: the database for every command, and all services if the process serves. */
@ApplicationScoped
class Startup {

    private static final String DATA_KIND_KEY = "world";

    private final SchemaUpgrade schema;
    private final StoredSettings settings;
    private final Indicators indicators;
    private final StarterRules starterRules;
    private final Rebuild rebuild;
    private final boolean demo;

    Startup(
            SchemaUpgrade schema,
            StoredSettings settings,
            Indicators indicators,
            StarterRules starterRules,
            Rebuild rebuild,
            PlatformConfig config) {
        this.schema = schema;
        this.settings = settings;
        this.indicators = indicators;
        this.starterRules = starterRules;
        this.rebuild = rebuild;
        this.demo = config.demo();
    }

    void onStart(@Observes StartupEvent event, Serving serving) {
        if (serving.isEnabled()) {
            serving.start(this::prepareDatabase);
        } else {
            prepareDatabase();
        }
    }

    private void prepareDatabase() {
        schema.run();
        refuseToMixSimulatedAndRealData();
        indicators.seed();
        starterRules.createAtFirstStart();
        rebuild.rebuildIfOutdated();
    }

    /** Keeps simulated and real values in separate databases. */
    private void refuseToMixSimulatedAndRealData() {
        String kind = demo ? "simulated" : "real";
        settings.putIfAbsent(DATA_KIND_KEY, kind);
        String stored = settings.get(DATA_KIND_KEY).orElse(kind);
        if (!stored.equals(kind)) {
            throw new UserException(
                    "This database contains " + stored + " values, but Detak was started for " + kind + " ones. Either "
                            + (demo ? "unset DETAK_DEMO" : "set DETAK_DEMO=true") + ", or use another database.");
        }
    }

    /** The services of a serving process. */
    @ApplicationScoped
    static class Serving {

        private final boolean serving;
        private final boolean polling;
        private final boolean databaseOwned;
        private final boolean demo;
        private final AdminToken adminToken;
        private final SharedSecretKey secretKey;
        private final Sources sources;
        private final NotificationListener notificationListener;
        private final DemoHistory demoHistory;
        private final Poller poller;
        private final OfflinePolls offlinePolls;
        private final DatabaseWatch databaseWatch;
        private final Deliverer deliverer;
        private final AlertTimer alertTimer;
        private final GaugeRefresh gaugeRefresh;
        private final Housekeeping housekeeping;
        private final ScheduledBackups backups;

        Serving(
                ServerConfig config,
                DatabaseConfig database,
                PlatformConfig platform,
                AdminToken adminToken,
                SharedSecretKey secretKey,
                Sources sources,
                NotificationListener notificationListener,
                DemoHistory demoHistory,
                Poller poller,
                OfflinePolls offlinePolls,
                DatabaseWatch databaseWatch,
                Deliverer deliverer,
                AlertTimer alertTimer,
                GaugeRefresh gaugeRefresh,
                Housekeeping housekeeping,
                ScheduledBackups backups) {
            this.serving = config.serving();
            this.polling = config.polling();
            this.databaseOwned = database.databaseOwned();
            this.demo = platform.demo();
            this.adminToken = adminToken;
            this.secretKey = secretKey;
            this.sources = sources;
            this.notificationListener = notificationListener;
            this.demoHistory = demoHistory;
            this.poller = poller;
            this.offlinePolls = offlinePolls;
            this.databaseWatch = databaseWatch;
            this.deliverer = deliverer;
            this.alertTimer = alertTimer;
            this.gaugeRefresh = gaugeRefresh;
            this.housekeeping = housekeeping;
            this.backups = backups;
        }

        /** Runs while the database connections are still open. */
        void onStop(@Observes ShutdownEvent event) {
            backups.stop();
            gaugeRefresh.stop();
            demoHistory.stop();
            poller.stop();
            housekeeping.stop();
            offlinePolls.stop();
            alertTimer.stop();
            deliverer.stop();
            notificationListener.stop();
            databaseWatch.stop();
        }

        boolean isEnabled() {
            return serving;
        }

        /** Starts polling at once, and everything else as soon as the database is available. */
        void start(Runnable prepareDatabase) {
            databaseWatch.start(
                    () -> {
                        prepareDatabase.run();
                        startServices();
                    },
                    Serving::exit);
            if (polling) {
                offlinePolls.start();
            }
        }

        /** Ends the process, because the database became available but cannot be used. */
        private static void exit(RuntimeException failure) {
            Quarkus.asyncExit(Main.complain(failure));
        }

        private void startServices() {
            // first the steps that may fail and are then repeated; of these, those that refuse this process
            secretKey.check();
            adminToken.ensure();
            sources.configure();
            if (polling) {
                sources.dueNow(databaseOwned);
                offlinePolls.remember(sources.active());
            }
            deliverer.start(databaseOwned);
            alertTimer.start();
            notificationListener.start();
            gaugeRefresh.start();
            housekeeping.start();
            backups.start();
            Runnable startPolling = polling ? poller::start : () -> {};
            if (demo) {
                demoHistory.start(startPolling);
            } else {
                startPolling.run();
            }
        }
    }
}
