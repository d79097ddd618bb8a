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

    private static final Pattern DATE = Pattern.compile(
            "\\d{1,2}[ ./-](?:\\p{L}{3,9}|\\d{1,2})[ ./-](?:19|20)\\d\\d|(?:19|20)\\d\\d-\\d\\d-\\d\\d");
    /** Words and years of numbers that are not the current ones. */
    private static final Pattern OTHER_TIME = Pattern.compile(
            "(?<![\\p{L}\\d.,])(?:(?:19|20)\\d\\d(?![\\d.,])|(?:proyeksi|prediksi|(?:di)?perkira|target|forecast|outlook"
                    + "|prospek|estimasi|ekspektasi|konsensus|rekomendasi|simulasi|skenario|asumsi|ramalan|kemarin|arsip"
                    + "|(?:pekan|minggu|bulan|kuartal|semester|tahun) (?:lalu|depan|ini)|akhir tahun|rata-rata)\\p{L}*)",
            Pattern.CASE_INSENSITIVE);

    private Prose() {}

    /** Whether a heading or note announces numbers of another time, such as a forecast. */
    static boolean announcesOtherTime(String text) {
        return OTHER_TIME.matcher(DATE.matcher(text).replaceAll(" ")).find();
    }

    /** Whether the text of a paragraph or title is prose: some words, which end like a sentence if they are few. */
    static boolean isSentence(String text) {
        int words = words(text, false);
        return words >= MIN_WORDS || words >= MIN_WORDS_OF_SENTENCE && endsWith(text, ENDS);
    }

    /** Whether a line is prose, though lines may also be menus, headlines and adverts. */
    static boolean isParagraph(String text) {
        int words = words(text, true);
        return words >= MIN_SMALL_WORDS_OF_PARAGRAPH
                || words >= MIN_WORDS_OF_SENTENCE && endsWith(text, ENDS_OF_PARAGRAPHS);
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
