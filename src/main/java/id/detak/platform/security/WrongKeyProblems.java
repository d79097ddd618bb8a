package id.detak.platform.security;

import id.detak.platform.Problems;
import io.quarkus.logging.Log;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What was sealed with another key is no fault of who asks: 503, with what to do. */
@Provider
public class WrongKeyProblems implements ExceptionMapper<WrongKeyException> {

    @Override
    public Response toResponse(WrongKeyException exception) {
        Log.error(exception.getMessage());
        return Problems.of(503, "Service Unavailable", exception.getMessage()).toResponse();
    }
}
