package id.detak.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Restarts the server after a crash, on the port that connection pools use. */
final class Watchdog {

    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long EVERY_MILLIS = 500;
    private static final long AT_MOST_MILLIS = 5_000;

    private final Cluster cluster;
    private final int port;
    private final Runnable restarted;
    private final Thread thread = new Thread(this::watch, "detak-postgres-watchdog");
    private ProcessHandle process;
    private boolean down;
    private boolean stopped;

    Watchdog(Cluster cluster, int port, Runnable restarted) {
        this.cluster = cluster;
        this.port = port;
        this.restarted = restarted;
    }

    void start() {
        process = cluster.postmaster().orElse(null);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when no restart is in progress and none will follow. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized void watch() {
        long pause = EVERY_MILLIS;
        while (true) {
            try {
                wait(pause);
                if (stopped) {
                    return;
                }
                pause = isUp() || restart() ? EVERY_MILLIS : longer(pause);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "PostgreSQL died and could not be started: {0}", e.getMessage());
                pause = longer(pause);
            }
        }
    }

    private static long longer(long pause) {
        return Math.min(2 * pause, AT_MOST_MILLIS);
    }

    private boolean isUp() {
        return process != null && Postmaster.isRunning(process);
    }

    /** May take several attempts: the children of a killed server finish their queries first. */
    private boolean restart() {
        if (!down) {
            LOG.log(Level.WARNING, "PostgreSQL died; starting it again on port {0}.", String.valueOf(port));
            down = true;
        }
        Optional<Cluster.StartFailure> failure = cluster.tryStart(port);
        if (failure.isPresent()) {
            LOG.log(
                    failure.get().mayPass() ? Level.INFO : Level.ERROR,
                    "PostgreSQL could not be restarted yet ({0}).",
                    ServerLog.summary(failure.get().log()));
            return false;
        }
        down = false;
        process = cluster.postmaster().orElse(null);
        restarted.run();
        LOG.log(Level.INFO, "PostgreSQL was restarted on port {0}.", String.valueOf(port));
        return true;
    }
}
