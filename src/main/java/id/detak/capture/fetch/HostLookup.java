package id.detak.capture.fetch;

import id.detak.platform.net.Deadline;
import id.detak.platform.net.Resolver;
import java.net.InetAddress;
import java.net.URI;
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
    private static final int MOST_THREADS = 8;
    private static final int MOST_WAITING = 256;

    private final Resolver resolver;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            HostLookup::daemon);

    HostLookup(Resolver resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    List<InetAddress> addresses(URI url, Deadline deadline) throws FetchException {
        String host = url.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Future<List<InetAddress>> lookup = null;
        try {
            lookup = threads.submit(() -> resolver.resolve(name));
            List<InetAddress> addresses = lookup.get(deadline.left(), TimeUnit.NANOSECONDS);
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
                    url, "The host " + host + " could not be looked up: too many look-ups hang already.");
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
