package id.detak.platform.http;

import io.quarkus.logging.Log;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** A client that goes away before it has sent all of its request is no fault: nobody is there to be answered, and a stack trace for each would fill the log. */
@Provider
public class GoneClients implements ExceptionMapper<IOException> {

    @Override
    public Response toResponse(IOException exception) {
        Log.debug("A client went away in the middle of its request.");
        return Response.status(Response.Status.BAD_REQUEST).build();
    }
}
