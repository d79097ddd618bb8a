package id.detak.http;

import id.detak.platform.Problems;
import io.quarkus.logging.Log;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.handlers.FormBodyHandler;

/**
 * Returns 400 for a form that cannot be decoded. REST throws a general exception, so the stack trace shows its origin.
 */
@Provider
public class MalformedFormMapper implements ExceptionMapper<IllegalArgumentException> {

    @Override
    public Response toResponse(IllegalArgumentException exception) {
        boolean isForm = Arrays.stream(exception.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(FormBodyHandler.class.getName()));
        if (isForm) {
            return Problems.of(
                            400,
                            "Bad Request",
                            "The form cannot be decoded: send it URL-encoded in UTF-8, with '%' only before two hexadecimal digits.")
                    .toResponse();
        }
        Log.error("A request failed.", exception);
        return Problems.internalError().toResponse();
    }
}
