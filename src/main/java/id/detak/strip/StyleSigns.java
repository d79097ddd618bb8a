package id.detak.strip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Decides whether a style sheet may show a sign at an element: its class, or its colour, is not understood. It shows
 * none if the same class stands at a number whose sign is certain, or if the page prints the minus of its falls, too.
 */
final class StyleSigns {

    /** Words of class names that say what a number is, where it stands or how it looks, not where it moved. */
    private static final Set<String> PLAIN = Set.copyOf(List.of("""
            label name nama kode code symbol simbol title judul heading value val nilai price harga last terakhir number
            num nums angka figure digit digits change chg perubahan delta diff percent pct persen percentage quote item
            items row col cell list ticker strip box card field text txt font fonts fs size sm md lg xl xs small large big
            bold bolder semibold strong normal light medium regular thin weight italic mono tabular left right center start
            end top bottom middle inline block flex grid table td tr th li ul span div wrap wrapper nowrap pull float align
            margin padding m p mt mb ml mr mx my px py pt pb pl pr w h d gap border rounded green hijau success emerald lime
            teal black white gray grey abu blue biru muted secondary primary dark data stock saham index indeks indikator
            indicator market pasar active first odd even slide slick swiper owl carousel current visible show link rp idr
            unit point poin points gram
            nav tab tabs content container inner outer group line bar section main sub header footer desktop mobile info jam
            waktu time clock date tanggal kolom baris isi teks tebal kecil besar kanan kiri tengah""".strip().split("\\s+")));

    private static final Pattern PARTS = Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern COLOUR = Pattern.compile(
            "(?<![\\w-])color\\s*:\\s*(?!green|black|white|gr[ae]y|blue|navy|inherit|currentcolor|#([0-9a-f])\\1{2}|#0)");
    private static final Pattern PICTURE = Pattern.compile("url\\(");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.,:/])\\d(?!\\d?[:.]\\d\\d WIB)");
    private static final int MAX_ELEMENTS = 20_000;

    private final List<Element> roots;
    private final Predicate<String> surelyRise;
    private final ParseBudget budget;
    private Set<String> signless;
    private boolean printsSigns;

    /** @param surelyRise whether a text is a quote whose numbers agree only if they rose */
    StyleSigns(List<Element> roots, Predicate<String> surelyRise, ParseBudget budget) {
        this.roots = roots;
        this.surelyRise = surelyRise;
        this.budget = budget;
    }

    /** Whether the style of an element may show the sign of a number. */
    boolean mayShow(Element element) {
        List<String> unknown = unknown(element);
        if (unknown.isEmpty()) {
            return false;
        }
        if (signless == null) {
            compare();
        }
        return !printsSigns && !signless.containsAll(unknown);
    }

    static boolean hasNumber(String words) {
        return NUMBER.matcher(words).find();
    }

    private static List<String> unknown(Element element) {
        List<String> unknown = new ArrayList<>();
        if (element.hasAttr("class")) {
            for (String one : element.className().split("\\s+")) {
                if (!one.isEmpty() && !isPlain(one)) {
                    unknown.add(one);
                }
            }
        }
        String style = (element.attr("style") + ";color:" + element.attr("color")).toLowerCase(Locale.ROOT);
        if (element.hasAttr("color") && COLOUR.matcher(style).find()
                || element.hasAttr("style")
                        && (COLOUR.matcher(element.attr("style").toLowerCase(Locale.ROOT))
                                        .find()
                                || PICTURE.matcher(style).find())) {
            unknown.add(style);
        }
        return unknown;
    }

    private static boolean isPlain(String name) {
        for (String part : PARTS.split(name)) {
            if (!part.isEmpty() && !PLAIN.contains(part.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** Compares the styles of the numbers whose sign is certain with those of the others. */
    private void compare() {
        signless = new HashSet<>();
        Set<String> ofFalls = new HashSet<>();
        Set<String> ofOthers = new HashSet<>();
        int seen = 0;
        for (Element root : roots) {
            for (Element element : root.stream().toList()) {
                budget.check();
                if (++seen > MAX_ELEMENTS) {
                    return;
                }
                compare(element, ofFalls, ofOthers);
            }
        }
        ofFalls.removeAll(ofOthers);
        printsSigns = !ofFalls.isEmpty();
    }

    private void compare(Element element, Set<String> ofFalls, Set<String> ofOthers) {
        Optional<String> words = HtmlReader.gather(element).filter(StyleSigns::hasNumber);
        if (words.isEmpty() || words.get().indexOf('%') != words.get().lastIndexOf('%')) {
            return;
        }
        char printed = HtmlReader.printedSign(words.get());
        boolean item = words.get().indexOf('%') >= 0;
        if (item && (printed != 0 || surelyRise.test(words.get()))) {
            element.getAllElements().forEach(part -> signless.addAll(unknown(part)));
        }
        if (element.childrenSize() == 0) {
            (printed == StripCharacters.DOWN ? ofFalls : ofOthers).addAll(unknown(element));
        }
    }
}
