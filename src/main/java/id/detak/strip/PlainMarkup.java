package id.detak.strip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * Recognizes markup that certainly shows no sign. A style sheet or script may show the sign of a number at any element,
 * class, attribute or colour that is not known here.
 */
final class PlainMarkup {

    /** Words of names that say what a number is, where it stands or how it looks, not where it moved. */
    private static final Set<String> WORDS = words("""
            label name nama kode code symbol simbol title judul heading value val nilai price harga last terakhir number
            num nums angka figure digit digits change chg perubahan delta diff percent pct persen percentage quote item
            items row col cell list ticker strip box card field text txt font fonts fs size sm md lg xl xs small large big
            bold bolder semibold strong normal light medium regular thin weight italic mono tabular left right center start
            end top bottom middle inline block flex grid table td li ul span div wrap wrapper nowrap align gap border
            rounded green hijau success emerald lime teal black white gray grey abu blue biru muted secondary primary dark
            data stock saham index indeks indikator indicator market pasar active first odd even slide slick swiper owl
            carousel current visible show link rp idr unit point poin points gram nav tab tabs content container inner
            outer group line bar section main sub header footer desktop mobile info jam waktu time clock date tanggal
            kolom baris isi teks tebal kecil besar kanan kiri tengah logo flag bendera chart grafik sparkline sr only
            color colour warna bg background opacity shadow justify between around evenly self stretch no clearfix float
            pull fw lh uppercase lowercase capitalize underline truncate ellipsis overflow relative absolute sticky pointer
            btn button badge prev next duplicate clone cloned selected emas gold kurs reksa dana reksadana komoditas""");
    /** A distance, as in "mt-2". Alone, such letters may mean anything. */
    private static final Pattern DISTANCE = Pattern.compile(
            "-?(?:[mp][tblrxyse]?|[wh]|gap|d|fs|z|col|row)-?(?:[a-z]{2}-)?(?:\\d+|auto|full|block|flex|inline)");

    private static final Set<String> FILE_WORDS = words("png jpg jpeg gif svg webp img image images assets");

    /** Elements that only show their text. If they are empty, an icon may stand there. */
    private static final Set<String> TEXT_ELEMENTS = words("""
            a abbr address article aside b bdi bdo big body button center cite code data dd details dfn dl dt em font
            footer form h1 h2 h3 h4 h5 h6 header i ins kbd label main mark menu nav ol output pre q samp section
            small strong del s strike sub summary sup time tt u ul var picture source fieldset legend figure figcaption
            blockquote dialog search hgroup ruby rt address nobr""");

    private static final Set<String> BOXES = words(
            "span div p li td th tr tbody thead tfoot table caption colgroup col br wbr hr body html a ul ol dl menu"
                    + " nav header footer section main aside article picture source label form");
    /** Attributes that show nothing, or only set a size or place. */
    private static final Set<String> ATTRIBUTES = words("""
            id href target rel role lang xml:lang name type value for colspan rowspan width height align valign nowrap
            border cellpadding cellspacing size face tabindex draggable loading decoding src srcset sizes datetime scope
            headers download hidden itemprop itemscope itemtype itemid property content slot summary method action
            contenteditable spellcheck translate xmlns viewbox data-id data-key data-url data-href data-src data-testid
            data-offset data-reactid data-reactroot data-slot data-slick-index data-swiper-slide-index style class
            color bgcolor""");

    private static final Pattern GENERATED = Pattern.compile("data-v-[0-9a-f]+|_ng.*|aria-.*|on.*|xmlns:.*");
    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d.,]+ ?%?");

    private static final Set<String> VALUES = words("value val nilai price harga last terakhir number angka");

    private static final Set<String> COLOUR_PROPERTIES = words("color background background-color border-color fill");
    private static final Pattern PROPERTIES = Pattern.compile(
            "(?:font|text-align|margin|padding|line-height|letter-spacing"
                    + "|vertical-align|white-space|border|overflow|opacity|cursor|flex|grid|gap|order|justify|align|min-|max-|list-style"
                    + "|box-sizing|transition|animation|will-change|-webkit|-moz|user-select).*"
                    + "|width|height|display|float|clear|position|top|left|right|bottom|z-index|visibility|text-decoration");

    private static final int MAX_PARTS = 20;
    /** No item has more fields. */
    private static final int MAX_FIELDS = 20;

    private static final int MAX_NAME_LENGTH = 200;

    private PlainMarkup() {}

    /** Whether an element is empty where another item has a number, or by its name. */
    static boolean isMissingValue(Element element) {
        if (isPlaceOfValue(element)) {
            return true;
        }
        Element item = element.parent();
        if (element.childNodeSize() > 0 || item == null || item.childrenSize() > MAX_FIELDS) {
            return false;
        }
        int index = element.elementSiblingIndex();
        return Stream.of(
                        Optional.ofNullable(item.previousElementSibling()),
                        Optional.ofNullable(item.nextElementSibling()))
                .flatMap(Optional::stream)
                .filter(other -> other.childrenSize() == item.childrenSize())
                .map(other -> other.child(index))
                .anyMatch(field -> field.nameIs(element.normalName())
                        && ElementText.gather(field)
                                .filter(StyleSigns::hasNumber)
                                .isPresent());
    }

    /** Whether an empty element is the place of a value, which a script or style sheet shows. */
    private static boolean isPlaceOfValue(Element element) {
        return !element.hasText()
                && (element.classNames().stream().anyMatch(PlainMarkup::isValueName)
                        || element.attributes().asList().stream()
                                .anyMatch(attribute -> isValueName(attribute.getKey())
                                        && NUMBER.matcher(attribute.getValue()).matches()));
    }

    private static boolean isValueName(String name) {
        return isPlain(name) && MarkupSign.parts(name).stream().anyMatch(VALUES::contains);
    }

    /** Whether an element has the colour of falls. */
    static boolean isRed(Element element) {
        return colours(element).contains(Colours.RED);
    }

    /**
     * Returns the parts of an element's own markup that may show a sign: classes, attributes, styles, the element.
     *
     * @param label whether a text is a known label
     */
    static List<String> doubts(Element element, Predicate<String> label) {
        List<String> doubts = new ArrayList<>(2);
        String name = element.normalName();
        if (element.nameIs("img") || Visibility.isDrawing(element)) {
            if (!isNamedPlainly(element, label)) {
                doubts.add(signature(element));
            }
            return doubts;
        }
        if (!(element.hasText() ? TEXT_ELEMENTS.contains(name) || BOXES.contains(name) : BOXES.contains(name))
                && !isPlain(name)) {
            doubts.add("<" + name);
        }
        for (Attribute attribute : element.attributes()) {
            String key = attribute.getKey().toLowerCase(Locale.ROOT);
            if (!isPlain(key, attribute.getValue().strip(), label)) {
                doubts.add(key + "=" + attribute.getValue());
            }
        }
        for (String one : element.classNames()) {
            if (!one.isEmpty() && !isPlain(one) && !Visibility.isDisplayClass(one) && !label.test(one)) {
                doubts.add(one);
            }
        }
        if (colours(element).contains(Colours.UNKNOWN) || hasUnknownProperty(element)) {
            doubts.add(element.attr("style") + element.attr("color") + element.attr("bgcolor"));
        }
        return doubts;
    }

    /** The beginning of a drawing, which is the same for the same drawing. */
    private static String signature(Element picture) {
        StringBuilder signature = new StringBuilder();
        picture.stream().limit(MAX_PARTS).forEach(part -> signature
                .append('<')
                .append(part.normalName())
                .append(part.attributes().html()));
        return signature.toString();
    }

    /** Whether a picture is a logo or chart by its name, text or class. */
    private static boolean isNamedPlainly(Element picture, Predicate<String> label) {
        String source = picture.attr("src");
        String words =
                source.substring(source.lastIndexOf('/') + 1) + " " + picture.attr("alt") + " " + picture.className();
        List<String> parts = MarkupSign.parts(words).stream()
                .filter(part -> !part.isEmpty() && !FILE_WORDS.contains(part))
                .toList();
        return !parts.isEmpty() && parts.stream().allMatch(part -> WORDS.contains(part) || label.test(part));
    }

    private static boolean isPlain(String key, String value, Predicate<String> label) {
        return ATTRIBUTES.contains(key)
                || GENERATED.matcher(key).matches()
                || MarkupSign.isUnderstood(key)
                || isPlain(key) && (NUMBER.matcher(value).matches() || label.test(value) || isPlain(value));
    }

    private static boolean isPlain(String name) {
        return name.length() <= MAX_NAME_LENGTH
                && (DISTANCE.matcher(name).matches()
                        || MarkupSign.parts(name).stream()
                                .map(PlainMarkup::withoutNumber)
                                .allMatch(part -> part.isEmpty() || WORDS.contains(part)));
    }

    private static String withoutNumber(String part) {
        int end = part.length();
        while (end > 0 && StripCharacters.digit(part.charAt(end - 1))) {
            end--;
        }
        return part.substring(0, end);
    }

    private static List<Colours> colours(Element element) {
        List<Colours> colours = new ArrayList<>(2);
        for (String attribute : List.of("color", "bgcolor")) {
            if (element.hasAttr(attribute)) {
                colours.add(Colours.of(element.attr(attribute)));
            }
        }
        for (String[] declaration : declarations(element)) {
            boolean colour = COLOUR_PROPERTIES.contains(declaration[0]);
            List<String> words = colour ? List.of(declaration[1]) : List.of(declaration[1].split("\\s+"));
            words.stream()
                    .map(Colours::of)
                    .filter(one -> colour || one == Colours.RED)
                    .forEach(colours::add);
        }
        return colours;
    }

    private static boolean hasUnknownProperty(Element element) {
        return declarations(element).stream()
                .anyMatch(declaration -> declaration[1].contains("(") && !declaration[1].startsWith("rgb")
                        || !COLOUR_PROPERTIES.contains(declaration[0])
                                && !PROPERTIES.matcher(declaration[0]).matches());
    }

    private static List<String[]> declarations(Element element) {
        List<String[]> declarations = new ArrayList<>();
        if (element.hasAttr("style")) {
            for (String declaration :
                    element.attr("style").toLowerCase(Locale.ROOT).split(";")) {
                int colon = declaration.indexOf(':');
                if (colon >= 0) {
                    declarations.add(new String[] {
                        declaration.substring(0, colon).strip(),
                        declaration.substring(colon + 1).strip()
                    });
                }
            }
        }
        return declarations;
    }

    private static Set<String> words(String words) {
        return Set.copyOf(List.of(words.strip().split("\\s+")));
    }
}
