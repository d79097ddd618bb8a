package id.detak.alert;

import id.detak.alert.rule.Rule;
import id.detak.capture.Captures;
import id.detak.database.StoredSettings;
import id.detak.indicator.Indicators;
import id.detak.indicator.KnownIndicators;
import id.detak.platform.language.Language;
import id.detak.series.Bars;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Creates the rules that a new installation starts with: the first presets, without a channel. */
@ApplicationScoped
public class StarterRules {

    private static final String CREATED = "starter-rules";
    private static final int PRESETS = 3;

    private final AlertConfig config;
    private final StoredSettings settings;
    private final Captures captures;
    private final Bars bars;
    private final Indicators indicators;
    private final Rules rules;
    private final RuleEditor editor;
    private final RulePresets presets;

    StarterRules(
            AlertConfig config,
            StoredSettings settings,
            Captures captures,
            Bars bars,
            Indicators indicators,
            Rules rules,
            RuleEditor editor,
            RulePresets presets) {
        this.config = config;
        this.settings = settings;
        this.captures = captures;
        this.bars = bars;
        this.indicators = indicators;
        this.rules = rules;
        this.editor = editor;
        this.presets = presets;
    }

    @Transactional
    public void createAtFirstStart() {
        config.starterRules().language().ifPresent(this::create);
    }

    /**
     * Creates the rules, but not in a database that already has rules or data, or in which this ran before, so that
     * deleted rules stay deleted.
     */
    @Transactional
    void create(Language language) {
        if (settings.putIfAbsent(CREATED, language.tag()) && isEmpty()) {
            List<Rule> starters = presets.all(language).subList(0, PRESETS);
            starters.stream().filter(this::isOfKnownIndicators).forEach(editor::create);
        }
    }

    private boolean isEmpty() {
        return rules.count() == 0
                && bars.areEmpty()
                && captures.findAll().range(0, 0).list().isEmpty();
    }

    private boolean isOfKnownIndicators(Rule rule) {
        KnownIndicators known = indicators.known();
        return rule.isForAll()
                || rule.codes().stream().allMatch(code -> known.find(code).isPresent());
    }
}
