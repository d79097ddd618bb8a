package id.detak.testsupport;

/** Strips of the site, with made-up filler below. */
public final class Pages {

    /** The strip over an article of March 2021, as archived. */
    public static final String EARLY_STRIP = """
            | : WIB | INDIKATOR |
              • LQ45898,78   -24,72   -2.68%
              • EMAS1.319.000 0,00%
              • RD.SAHAM 0.05%
              • RD.CAMPURAN 0.03%
              • RD.PENDAPATAN TETAP 0.00%
            """;

    public static final String EARLY = "banner\n" + EARLY_STRIP + """

            Judul rekaan

            Senin, 01 Maret 2021 / 19:10 WIB
            Teks pengisi: LQ45 ditutup di 1.234,56 dan EMAS di 999.000.
            """;

    /** The strip over an article of July 2020, fetched years later. */
    public static final String LATER_STRIP = """
            | : WIB | INDIKATOR |
              • EMAS 1.609.000   -2.000   -0,12%
              • USD/IDR 16.175   0,00   0,00%
              • IDX 7.166   -66,59   -0,92%
              • KOMPAS100 1.055   -9,60   -0,90%
              • LQ45 831   -12,11   -1,44%
              • ISSI 214   0,13   0,06%
              • IDX30 427   -6,80   -1,57%
              • IDXHIDIV20 512   -6,51   -1,26%
            """;

    public static final String LATER = LATER_STRIP + "\nGLOBAL /\n";

    private Pages() {}

    /** A strip of one line. */
    public static String strip(String item) {
        return "| : WIB | INDIKATOR |\n  • " + item + "\n\nTeks pengisi.\n";
    }
}
