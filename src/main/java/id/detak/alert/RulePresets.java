package id.detak.alert;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.alert.rule.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The presets of {@code rule-presets.json}: rules to start from. */
@ApplicationScoped
class RulePresets {

    private final List<Rule> all;

    RulePresets(ObjectMapper json) {
        try (InputStream file = RulePresets.class.getResourceAsStream("/rule-presets.json")) {
            this.all = json.readValue(file, new TypeReference<List<Rule>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Rule> all() {
        return all;
    }
}
