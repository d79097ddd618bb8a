package id.detak.http;

import id.detak.platform.Problems;
import io.quarkus.logging.Log;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/**
 * Ignores failures of a client that disconnects during a response: they are not errors of the server, and could fill
 * the log.
 */
@Provider
public class ClientDisconnectMapper implements ExceptionMapper<IOException> {

    private final RoutingContext context;

    ClientDisconnectMapper(RoutingContext context) {
        this.context = context;
    }

    @Override
    public Response toResponse(IOException problem) {
        if (RequestEnd.isGone(context)) {
            Log.debug("A client closed the connection during its request.");
        } else {
            Log.error("A response failed.", problem);
        }
        return Problems.of(500, "Internal Server Error", null).toResponse();
    }
}
