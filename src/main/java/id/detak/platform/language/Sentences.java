package id.detak.platform.language;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translates the sentences that Detak stores or answers in English, such as the reason of a failed fetch or the detail
 * of a problem. As with gettext, the English sentence is the key: {@code texts/sentences_en.properties} has the pattern
 * of each sentence, {@code sentences_id.properties} its translation. A sentence without a translation stays English.
 */
public final class Sentences {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final String TO_THE_END_OF_THE_SENTENCE = "(.+?(?:\\.(?= |$)|$))";
    /** A value with this name is a sentence itself. */
    private static final String NESTED = "reason";

    private static final Sentences STORED = new Sentences("sentences");
    private static final Sentences AUDITED = new Sentences("audit");

    private final String bundle;
    private final List<Sentence> all;

    private Sentences(String bundle) {
        Texts english = Texts.of(bundle, Language.ENGLISH);
        this.bundle = bundle;
        this.all = english.keys().stream()
                .map(key -> Sentence.of(key, english.template(key)))
                .toList();
    }

    /**
     * @param literals the number of its literal characters: of two matching patterns, the one with more is more
     *     specific
     */
    private record Sentence(String key, Pattern form, List<String> names, int literals) {

        static Sentence of(String key, String template) {
            Matcher placeholder = PLACEHOLDER.matcher(template);
            StringBuilder form = new StringBuilder();
            int end = 0;
            int literals = 0;
            while (placeholder.find()) {
                form.append(Pattern.quote(template.substring(end, placeholder.start())))
                        .append(placeholder.end() == template.length() ? TO_THE_END_OF_THE_SENTENCE : "(.+?)");
                literals += placeholder.start() - end;
                end = placeholder.end();
            }
            form.append(Pattern.quote(template.substring(end))).append("(?= |$)");
            List<String> names = PLACEHOLDER
                    .matcher(template)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            return new Sentence(
                    key, Pattern.compile(form.toString(), Pattern.DOTALL), names, literals + template.length() - end);
        }

        Map<String, String> values(Matcher match, Language language) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String value = match.group(i + 1);
                values.put(names.get(i), names.get(i).equals(NESTED) ? in(language, value) : value);
            }
            return values;
        }
    }

    /** @param english one or more sentences, or null */
    public static String in(Language language, String english) {
        return STORED.translated(language, english);
    }

    /** @param detail of an entry of the audit log, in parts that are separated by semicolons */
    public static String inAudit(Language language, String detail) {
        return Stream.of(detail.split("; "))
                .map(part -> AUDITED.translated(language, part))
                .collect(Collectors.joining("; "));
    }

    private String translated(Language language, String english) {
        if (english == null || language == Language.ENGLISH) {
            return english;
        }
        StringBuilder out = new StringBuilder();
        String rest = english;
        while (!rest.isEmpty()) {
            Optional<Match> next = next(rest);
            if (next.isEmpty()) {
                return out.append(rest).toString();
            }
            Sentence sentence = next.get().sentence;
            out.append(Texts.of(bundle, language).get(sentence.key, sentence.values(next.get().groups, language)));
            rest = rest.substring(next.get().end());
            if (!rest.isEmpty()) {
                out.append(' ');
                rest = rest.stripLeading();
            }
        }
        return out.toString();
    }

    private record Match(Sentence sentence, Matcher groups) {

        int end() {
            return groups.end();
        }
    }

    /** Matches the shortest prefix that is a sentence, since a value could also match the sentences after it. */
    private Optional<Match> next(String text) {
        return all.stream()
                .map(sentence -> new Match(sentence, sentence.form.matcher(text)))
                .filter(match -> match.groups.lookingAt())
                .min(Comparator.comparing(Match::end)
                        .thenComparing(match -> match.sentence.literals, Comparator.reverseOrder()));
    }
}
