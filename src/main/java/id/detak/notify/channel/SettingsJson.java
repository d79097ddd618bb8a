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
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.platform.net.WebUrls;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/** Settings as JSON. With a mapper of its own: what is stored must not change with how the API writes. */
final class SettingsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();

    private SettingsJson() {
    }

    static ObjectNode write(ChannelSettings settings) {
        return MAPPER.valueToTree(settings);
    }

    static ChannelSettings read(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException("The channel's settings are missing: give an object with a type and what that type needs.");
        }
        try {
            return MAPPER.treeToValue(json, ChannelSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(sentence(e));
        }
    }

    static ChannelSettings merged(JsonNode update, ChannelSettings old) {
        ObjectNode tree = write(old);
        if (update == null || !update.isObject() || update.has("type") && !update.get("type").equals(tree.get("type"))) {
            return read(update);
        }
        tree.setAll((ObjectNode) update);
        ChannelSettings changed = read(tree);
        guardSecret(update, old, changed);
        return changed;
    }

    /** Who may change a channel cannot by that have its secret sent to a host of their own. */
    private static void guardSecret(JsonNode update, ChannelSettings old, ChannelSettings changed) {
        if (old instanceof ChannelSettings.Webhook was && changed instanceof ChannelSettings.Webhook is && was.secret() != null && !update.has("secret")) {
            guardUrl(was.url(), is.url());
        }
        if (old instanceof ChannelSettings.Ntfy was && changed instanceof ChannelSettings.Ntfy is && was.token() != null && !update.has("token")) {
            guardUrl(was.url(), is.url());
        }
        if (old instanceof ChannelSettings.Email was && changed instanceof ChannelSettings.Email is && was.password() != null && is.password() != null && !update.has("password")) {
            guard(was.host().equalsIgnoreCase(is.host()), was.smtpPort() == is.smtpPort() && was.security() == is.security());
        }
    }

    private static void guardUrl(URI was, URI is) {
        guard(was.getHost().equalsIgnoreCase(is.getHost()), WebUrls.origin(was).equals(WebUrls.origin(is)));
    }

    private static void guard(boolean sameHost, boolean sameWay) {
        if (!sameHost) {
            throw new IllegalArgumentException("Give the secret again: it is not sent to another host than it was made for.");
        }
        if (!sameWay) {
            throw new IllegalArgumentException("Give the secret again: it is not sent to another port, or less safely, than it was made for.");
        }
    }

    /** Jackson's own messages may hold what was written, so a secret. */
    private static String sentence(JsonProcessingException problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours && !(cause instanceof NumberFormatException)) {
                return ours.getMessage();
            }
        }
        if (problem instanceof InvalidTypeIdException) {
            return "The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.";
        }
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return "There is no setting " + PlainText.line(unknown.getPropertyName()) + " in a channel of this type: leave it out. There is " + unknown.getKnownPropertyIds().stream()
                    .map(Objects::toString).filter(name -> !name.equals("type")).sorted().reduce((a, b) -> a + ", " + b).orElse("none") + ".";
        }
        if (problem instanceof JsonMappingException mapping && !mapping.getPath().isEmpty() && mapping.getPath().get(0).getFieldName() != null) {
            return "The setting " + PlainText.line(mapping.getPath().get(0).getFieldName()) + " cannot be read: give it in the form that the documentation shows.";
        }
        return "The channel's settings cannot be read: give an object with a type and what that type needs.";
    }

    /** Jackson's own takes off blanks around an address, and tells the whole of it where it cannot be read. */
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
                throw JsonMappingException.from(parser, "", new IllegalArgumentException(
                        "The url cannot be read: give an address such as https://hooks.example.org/…, without blanks."));
            }
        }
    }
}
