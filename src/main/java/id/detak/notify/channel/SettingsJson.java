package id.detak.notify.channel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.notify.channel.ChannelSettings.SecretDestination;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/** Settings as JSON. The mapper is its own, so that stored settings do not depend on how the API writes JSON. */
final class SettingsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    static {
        ChannelType.ALL.forEach(type -> MAPPER.registerSubtypes(new NamedType(type.settings(), type.name())));
    }

    private SettingsJson() {}

    static ObjectNode write(ChannelSettings settings) {
        return MAPPER.valueToTree(settings);
    }

    static ChannelSettings read(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException(
                    "The channel's settings are missing: send an object with `type` and the fields of that type.");
        }
        try {
            return MAPPER.treeToValue(json, ChannelSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(sentence(e));
        }
    }

    static ChannelSettings merged(JsonNode update, ChannelSettings old) {
        ObjectNode tree = write(old);
        if (update == null
                || !update.isObject()
                || update.has("type") && !update.get("type").equals(tree.get("type"))) {
            return read(update);
        }
        tree.setAll((ObjectNode) update);
        ChannelSettings changed = read(tree);
        guardSecret(update, old, changed);
        return changed;
    }

    /** Someone who may change a channel must not be able to send its secret to a host of their own. */
    private static void guardSecret(JsonNode update, ChannelSettings old, ChannelSettings changed) {
        SecretDestination before = old.secretDestination();
        SecretDestination after = changed.secretDestination();
        if (before == null || after == null || update.has(before.field())) {
            return;
        }
        if (!before.host().equalsIgnoreCase(after.host())) {
            throw new IllegalArgumentException("The host changed: enter the secret again.");
        }
        if (!before.endpoint().equals(after.endpoint())) {
            throw new IllegalArgumentException("The port or security changed: enter the secret again.");
        }
    }

    /** Jackson's own messages may contain the input, and so a secret. */
    private static String sentence(JsonProcessingException problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours && !(cause instanceof NumberFormatException)) {
                return ours.getMessage();
            }
        }
        if (problem instanceof InvalidTypeIdException) {
            return "The type is missing or not known: give " + ChannelType.names() + ".";
        }
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return "Unknown setting " + PlainText.line(unknown.getPropertyName())
                    + ". This type of channel has "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Objects::toString)
                            .filter(name -> !name.equals("type"))
                            .sorted()
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("no settings")
                    + ".";
        }
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()
                && mapping.getPath().get(0).getFieldName() != null) {
            return "The setting " + PlainText.line(mapping.getPath().get(0).getFieldName())
                    + " cannot be read: give it in the form that the documentation shows.";
        }
        return "The channel's settings cannot be read: send an object with `type` and the fields of that type.";
    }

    /** Jackson's own deserializer strips blanks around a URL and puts an invalid URL into its message. */
    static final class Url extends StdDeserializer<URI> {
        private static final long serialVersionUID = 1L;

        Url() {
            super(URI.class);
        }

        @Override
        public URI deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return new URI(parser.getText());
            } catch (URISyntaxException e) {
                throw JsonMappingException.from(
                        parser,
                        "",
                        new IllegalArgumentException(
                                "The url cannot be read: give an address such as https://hooks.example.org/…, without spaces."));
            }
        }
    }
}
