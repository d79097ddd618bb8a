package id.detak.cli;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.logging.Log;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports to the service manager that the server runs, and ends a process whose event loops hang, so that it is started
 * again. Not while developing: a breakpoint hangs a loop.
 */
@ApplicationScoped
class LifeSigns {

    private static final long TIME_TO_LOG_MILLIS = 5_000;

    private final Vertx vertx;
    private EventLoopWatchdog watchdog;

    LifeSigns(Vertx vertx) {
        this.vertx = vertx;
    }

    synchronized void onListening(@ObservesAsync HttpServerStart event) {
        if (LaunchMode.current() != LaunchMode.NORMAL || watchdog != null) {
            return;
        }
        ServiceManager manager = new ServiceManager();
        manager.ready();
        List<EventExecutor> loops = new ArrayList<>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loops::add);
        watchdog = new EventLoopWatchdog(loops, manager::alive, LifeSigns::end);
        watchdog.start();
    }

    synchronized void onStop(@Observes ShutdownEvent event) {
        if (watchdog != null) {
            watchdog.stop();
        }
    }

    /** Without a clean stop, which needs what hangs. Everything committed survives. The log itself may hang, too. */
    private static void end(String stackTraces) {
        Thread halt = new Thread(
                () -> {
                    try {
                        Thread.sleep(TIME_TO_LOG_MILLIS);
                    } catch (InterruptedException e) {
                        // halts now
                    }
                    Runtime.getRuntime().halt(ExitCode.HUNG);
                },
                "detak-halt");
        halt.setDaemon(true);
        halt.start();
        Log.fatalf("The event loops have not answered for a minute: the process ends.%n%s", stackTraces);
        Runtime.getRuntime().halt(ExitCode.HUNG);
    }
}
