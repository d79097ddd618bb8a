package id.detak.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.platform.Problems;
import id.detak.platform.RejectedException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads the JSON body of a request into a record, strictly: an unknown field is an error, because it is probably a
 * typo. The Content-Type does not matter unless the resource says so. A record whose constructor throws an
 * {@link IllegalArgumentException} is rejected with its message.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class JsonBodyReader implements MessageBodyReader<Object> {

    private static final int MAX_BYTES = 256_000;

    private final ObjectMapper json;

    JsonBodyReader(ObjectMapper json) {
        this.json = json.copy()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        ObjectNode object = object(body.readNBytes(MAX_BYTES + 1));
        try {
            return json.treeToValue(object, type);
        } catch (UnrecognizedPropertyException e) {
            throw RejectedException.invalid("There is no field '" + e.getPropertyName() + "'. The fields are "
                    + fields(e.getReferringClass()) + ".");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw RejectedException.invalid(detail(e));
        }
    }

    private ObjectNode object(byte[] body) {
        if (body.length == 0) {
            throw RejectedException.invalid("The body is empty: send a JSON object.");
        }
        if (body.length > MAX_BYTES) {
            throw Problems.of(413, "Content Too Large", "The body is larger than " + MAX_BYTES / 1000 + " kB.");
        }
        try {
            JsonNode tree = json.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // reported below
        }
        throw RejectedException.invalid("The body must be a JSON object in UTF-8, with each field once.");
    }

    private static String detail(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException
                    && !(cause instanceof NumberFormatException)
                    && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "The field "
                    + mapping.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining("."))
                    + " cannot be read.";
        }
        return "The body cannot be read.";
    }

    private static String fields(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", "))
                : "those of the documentation";
    }
}
