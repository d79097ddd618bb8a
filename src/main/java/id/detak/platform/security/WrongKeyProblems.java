package id.detak.platform.security;

import id.detak.platform.Problems;
import io.quarkus.logging.Log;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Returns 503 if a secret was encrypted with another key, since only the operator can fix that. */
@Provider
public class WrongKeyProblems implements ExceptionMapper<WrongKeyException> {

    @Override
    public Response toResponse(WrongKeyException exception) {
        Log.error(exception.getMessage());
        return Problems.unavailable(exception.getMessage()).toResponse();
    }
}
