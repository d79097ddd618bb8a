package id.detak.strip;

import java.util.regex.Pattern;

/** Distinguishes sentences from the labels, notes and headings of a strip. */
final class Prose {

    /** The length of text that decides whether it is prose. */
    static final int ENOUGH = 400;

    private static final int MIN_WORDS = 5;
    private static final int MIN_WORDS_OF_SENTENCE = 3;
    private static final int MIN_SMALL_WORDS_OF_PARAGRAPH = 8;
    private static final String ENDS = ".:?!…";
    /** Adverts often end with one of the other marks. */
    private static final String ENDS_OF_PARAGRAPHS = ".:";

    private static final String MONTH = "(?:Jan(?:uar[iy])?|Feb(?:ruar[iy])?|Mar(?:et|ch)?|Apr(?:il)?|Mei|May|Jun[ei]?"
            + "|Jul[iy]?|Agu(?:stus)?|Agt|Ags|Aug(?:ust)?"
            + "|Sept?(?:ember)?|O[kc]t(?:ober)?|Nov(?:ember)?|De[sc](?:ember)?)";
    /** A date, or a month and its year. */
    static final String DATE = "(?:\\d{1,2}(?:st|nd|rd|th)?[ .,/-]{1,2})?" + MONTH
            + "[ .,/-]{1,2}(?:\\d{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)\\d\\d(?!\\d)"
            + "|\\d{1,2}[/.-]\\d{1,2}[/.-](?:19|20)\\d\\d(?!\\d)|\\d{1,2}(?:/\\d{1,2}/|-\\d{1,2}-)\\d\\d(?![\\d.,])"
            + "|(?:19|20)\\d\\d[/-]\\d{1,2}[/-]\\d{1,2}(?!\\d)|\\d{1,2}(?:/\\d{1,2}| " + MONTH + ")(?![\\p{L}\\d.,%/])";

    private static final String COPYRIGHT =
            "(?:\u00a9|\\(c\\)|copyright|hak cipta)[^\\d\\n]{0,20}(?:19|20)\\d\\d(?: ?[-\u2013] ?(?:19|20)\\d\\d)?";
    /** Years that announce nothing. */
    private static final Pattern DATES =
            Pattern.compile("(?<![\\p{L}\\d])(?:" + DATE + ")|" + COPYRIGHT, Pattern.CASE_INSENSITIVE);

    private static final Pattern CLOCKS = Pattern.compile(
            "(?<![\\d.,])(?:\\d{1,2}:\\d{2}(?::\\d{2})?|\\d{1,2}\\.\\d{2}(?= ?WI[BT])|(?:19|20)\\d\\d)"
                    + "(?![\\d.,]\\d|\\d)",
            Pattern.CASE_INSENSITIVE);
    /** Words and years of numbers that are not the current ones. */
    private static final Pattern OTHER_TIME = Pattern.compile(
            "(?<![\\p{L}\\d.,])(?:(?:19|20)\\d\\d(?![\\d.,])|(?:proyeksi|prediksi|(?:di)?perkira|target|forecast"
                    + "|outlook|prospek|estimasi|ekspektasi|konsensus|rekomendasi|simulasi|skenario|asumsi|ramalan|kemarin"
                    + "|arsip"
                    + "|mingguan|bulanan|kuartalan|tahunan|sepekan|sebulan|setahun"
                    + "|weekly|monthly|quarterly|yearly|annual|ytd"
                    + "|(?:pekan|minggu|bulan|kuartal|semester|tahun) (?:lalu|depan|ini)"
                    + "|akhir tahun|rata-rata)\\p{L}*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ORNAMENT = Pattern.compile(
            "[\\s|(]*(?:(?:" + DATE
                    + "|\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?WIB)?|(?:lihat )?(?:grafik|detail|rincian)|ikuti|follow"
                    + "|chart|selengkapnya|more|»|›|>)(?!\\p{L})[\\s|,)-]*)+",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_ORNAMENT = 40;
    /** What a page says about itself rather than in an article. */
    private static final Pattern NOTICE = Pattern.compile(
            "(?<!\\p{L})(?:cookies?|kuki|consent|gdpr|java ?script|browser|peramban|ad[ -]?block(?:er)?|pemblokir iklan"
                    + "|privasi|privacy|newsletter|buletin|notifikasi|berlangganan|subscribe|kata sandi|password"
                    + "|syarat dan ketentuan)(?!\\p{L})",
            Pattern.CASE_INSENSITIVE);

    private Prose() {}

    /** Whether a sentence, or the name of its element, is that of a notice to the reader, such as one about cookies. */
    static boolean isNotice(String text) {
        return NOTICE.matcher(text).find();
    }

    /** Whether a heading or note announces numbers of another time, such as a forecast. */
    static boolean announcesOtherTime(String text) {
        return OTHER_TIME.matcher(DATES.matcher(text).replaceAll(" ")).find();
    }

    /** Whether the text of a paragraph or title is prose: some words, which end like a sentence if they are few. */
    static boolean isSentence(String text) {
        int words = words(text, false);
        return (words >= MIN_WORDS || words >= MIN_WORDS_OF_SENTENCE && endsWith(text, ENDS)) && !isNotice(text);
    }

    /** Whether a line is prose, though lines may also be menus, headlines and adverts. */
    static boolean isParagraph(String text) {
        int words = words(text, true);
        return (words >= MIN_SMALL_WORDS_OF_PARAGRAPH
                        || words >= MIN_WORDS_OF_SENTENCE && endsWith(text, ENDS_OF_PARAGRAPHS))
                && !isNotice(text);
    }

    /** Whether a text behind a quote is nothing but a time, a date or a link such as "Grafik". */
    static boolean isOrnament(String text) {
        return text.length() <= MAX_ORNAMENT && ORNAMENT.matcher(text).matches();
    }

    /** Whether a text has digits other than those of dates, clocks and years. */
    static boolean hasNumber(String text) {
        return StripCharacters.hasDigit(
                CLOCKS.matcher(DATES.matcher(text).replaceAll(" ")).replaceAll(" "));
    }

    /** Whether a text has words and no numbers. */
    static boolean isWords(String text) {
        return words(text, false) > 0 && text.chars().noneMatch(Character::isDigit);
    }

    private static boolean endsWith(String text, String ends) {
        String words = text.strip();
        return !words.isEmpty() && ends.indexOf(words.charAt(words.length() - 1)) >= 0;
    }

    /** Words of letters, not in capitals. The labels of a strip have digits or are in capitals. */
    private static int words(String text, boolean small) {
        int count = 0;
        for (String word : text.substring(0, Math.min(text.length(), ENOUGH)).split("[^\\p{L}\\p{N}'-]+")) {
            boolean letters = word.length() > 1 && word.chars().noneMatch(Character::isDigit);
            if (letters && Character.isLowerCase(word.charAt(small ? 0 : word.length() - 1))) {
                count++;
            }
        }
        return count;
    }
}
