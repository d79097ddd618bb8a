package id.detak.strip;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/**
 * The place of a list in its page: the elements around it with their classes. The lists of one strip stand in equal
 * places, but for classes that name a group of indicators ("emas") or one of several equal elements ("active").
 */
final class ListPlace {

    /** The number of elements that make up a place. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_CLASSES = 200;
    private static final Pattern STATE =
            Pattern.compile("(?i)active|show|current|selected|open|in|first|last|odd|even|fade|collapsed?|\\S*\\d");

    private static final Set<String> GROUPS = Set.of("""
            saham reksa dana reksadana indeks komoditas emas logam mulia valas kurs mata uang valuta asing obligasi
            bursa pasar global dunia asia kripto antam rupiah dan & lainnya domestik regional indikator sektoral sektor
            stock stocks index indices indexes fund funds mutual gold commodity commodities forex currency currencies
            bond bonds crypto market markets""".split("\\s+"));

    private ListPlace() {}

    static String of(Element list) {
        StringBuilder place = new StringBuilder();
        Element around = list.parent();
        for (int depth = 0; around != null && depth < MAX_DEPTH; depth++) {
            place.append(around.normalName())
                    .append('.')
                    .append(classes(around))
                    .append('>');
            around = around.parent();
        }
        return place.toString();
    }

    private static String classes(Element element) {
        String classes = element.className();
        return Arrays.stream(classes.substring(0, Math.min(classes.length(), MAX_CLASSES))
                        .split("\\s+"))
                .filter(one -> !STATE.matcher(one).matches())
                .map(ListPlace::withoutGroup)
                .collect(Collectors.joining(" "));
    }

    private static String withoutGroup(String name) {
        return MarkupSign.parts(name).stream()
                .map(part -> GROUPS.contains(part) ? "*" : part)
                .collect(Collectors.joining("-"))
                .replaceAll("\\*(?:-\\*)+", "*");
    }

    /** Whether a text is only the name of a group of indicators. */
    static boolean isGroup(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        return !words.isEmpty() && Arrays.stream(words.split("[\\s|]+")).allMatch(GROUPS::contains);
    }
}
