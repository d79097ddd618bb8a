package id.detak.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the JSON of a request strictly: an unknown field is an error, because it is probably a typo. */
@ApplicationScoped
public class JsonBody {

    private static final int LARGEST = 256_000;

    private final ObjectMapper json;

    JsonBody(ObjectMapper json) {
        this.json = json.copy()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** @throws HttpProblem 400, where it is no JSON object */
    public ObjectNode object(byte[] body) {
        if (body == null || body.length == 0) {
            throw Problems.badRequest("The body is empty: send a JSON object.");
        }
        if (body.length > LARGEST) {
            throw Problems.of(413, "Content Too Large", "The body is larger than " + LARGEST / 1000 + " kB.");
        }
        try {
            if (json.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // said below
        }
        throw Problems.badRequest("The body is no JSON object, as UTF-8 and with each field once.");
    }

    /** @throws HttpProblem 400, with what the type's constructor objects to, or the field that cannot be read */
    public <T> T read(JsonNode object, Class<T> type) {
        try {
            return json.treeToValue(object, type);
        } catch (UnrecognizedPropertyException e) {
            throw Problems.badRequest(
                    "There is no field '" + e.getPropertyName() + "'. The fields are " + fields(type) + ".");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw problem(e);
        }
    }

    private static HttpProblem problem(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException
                    && !(cause instanceof NumberFormatException)
                    && cause.getMessage() != null) {
                return Problems.badRequest(cause.getMessage());
            }
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return Problems.badRequest("The field "
                    + mapping.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .filter(name -> name != null)
                            .collect(Collectors.joining("."))
                    + " cannot be read.");
        }
        return Problems.badRequest("The body cannot be read.");
    }

    private static String fields(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> component.getName())
                        .collect(Collectors.joining(", "))
                : "those of the documentation";
    }

    /** Takes fields away that an answer has and a request need not: so what was read can be sent back changed. */
    public static ObjectNode without(ObjectNode object, List<String> fields) {
        object.remove(fields);
        return object;
    }
}
