package id.detak.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.alert.rule.Rule;
import id.detak.platform.language.Language;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The presets of {@code rule-presets.json}: rules to start from. {@link StarterRules} creates the first three. */
@ApplicationScoped
class RulePresets {

    private final Map<Language, List<Rule>> byLanguage;

    RulePresets(ObjectMapper json) {
        try (InputStream file = RulePresets.class.getResourceAsStream("/rule-presets.json")) {
            JsonNode presets = json.readTree(file);
            this.byLanguage = Stream.of(Language.values())
                    .collect(Collectors.toMap(Function.identity(), language -> read(json, presets, language)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Rule> read(ObjectMapper json, JsonNode presets, Language language) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode preset : presets) {
            ObjectNode rule = preset.deepCopy();
            rule.set("name", preset.get("name").get(language.tag()));
            rules.add(json.convertValue(rule, Rule.class));
        }
        return List.copyOf(rules);
    }

    /** All presets, with names in a language. */
    List<Rule> all(Language language) {
        return byLanguage.get(language);
    }
}
