package id.detak.capture.fetch;

import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves hosts within the deadline. The JDK's lookup has no time limit, so it runs on threads that may hang. */
final class HostLookup {
    private static final int MAX_THREADS = 8;
    private static final int MAX_WAITING = 256;
    /** The time limit if a proxy connects, since this machine need not know the host then. */
    private static final Duration LOOKUP_BESIDE_PROXY = Duration.ofSeconds(2);

    private final Resolver resolver;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), HostLookup::daemon);

    private final OutgoingConnection connection;

    HostLookup(Resolver resolver, OutgoingConnection connection) {
        this.resolver = resolver;
        this.connection = connection;
        threads.allowCoreThreadTimeOut(true);
    }

    /** The host's addresses; empty if a proxy connects to it and this machine does not know it. */
    List<InetAddress> addresses(URI url, Deadline deadline) throws FetchException {
        if (!connection.usesProxy(url.getHost())) {
            return lookup(url, deadline.left(), deadline);
        }
        try {
            return lookup(url, Math.min(deadline.left(), LOOKUP_BESIDE_PROXY.toNanos()), deadline);
        } catch (FetchException e) {
            return List.of();
        }
    }

    private List<InetAddress> lookup(URI url, long nanos, Deadline deadline) throws FetchException {
        String host = url.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Future<List<InetAddress>> lookup = null;
        try {
            lookup = threads.submit(() -> resolver.resolve(name));
            List<InetAddress> addresses = lookup.get(nanos, TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw FetchException.unreachable(url, "The host " + host + " has no address.");
            }
            return addresses;
        } catch (ExecutionException e) {
            throw FetchException.unreachable(url, "The host " + host + " could not be found.");
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw FetchException.unreachable(
                    url, "The host " + host + " could not be looked up within " + deadline.describe() + ".");
        } catch (RejectedExecutionException e) {
            throw FetchException.unreachable(
                    url, "The host " + host + " could not be resolved: too many lookups are pending.");
        } catch (InterruptedException e) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            throw FetchException.unreachable(url, "The fetch was interrupted.");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "detak-lookup");
        thread.setDaemon(true);
        return thread;
    }
}
