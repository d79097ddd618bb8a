package id.detak.platform;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * Finds the methods of an address for the header {@code Allow}, which RESTEasy Reactive omits from its 405 responses.
 */
public final class SupportedMethods {

    private SupportedMethods() {}

    /**
     * The methods of the REST resources at this path, with HEAD and OPTIONS where they apply; none if there is no
     * resource.
     */
    public static Set<String> of(String path) {
        Set<String> methods = new TreeSet<>();
        // as RestInitialHandler does: several resources may have methods at one address
        RequestMapper<InitialMatch> resources = new RequestMapper<>(
                new ArrayList<>(ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()));
        RequestMatch<InitialMatch> match = resources.map(path);
        while (match != null) {
            addMethods(match, methods);
            match = resources.continueMatching(path, match);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    private static void addMethods(RequestMatch<InitialMatch> match, Set<String> methods) {
        String remaining = match.remaining.isEmpty() ? "/" : match.remaining;
        for (ServerRestHandler handler : match.value.handlers) {
            if (handler instanceof ClassRoutingHandler routes) {
                routes.getMappers().forEach((method, paths) -> {
                    if (method != null && paths.map(remaining) != null) {
                        methods.add(method);
                    }
                });
            }
        }
    }
}
