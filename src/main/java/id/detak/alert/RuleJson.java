package id.detak.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.alert.rule.Rule;
import jakarta.enterprise.context.ApplicationScoped;

/** Rules as the JSON that {@code rule} and {@code alert} store. */
@ApplicationScoped
class RuleJson {

    private final ObjectMapper json;

    RuleJson(ObjectMapper json) {
        this.json = json;
    }

    String write(Rule rule) {
        try {
            return json.writeValueAsString(rule);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if the definition cannot be read, for example because a later version wrote it */
    Rule read(String definition) {
        try {
            return json.readValue(definition, Rule.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
