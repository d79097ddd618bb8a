package id.detak.capture.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class PageDecoderTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    /** The dash and the euro sign differ between windows-1252, Latin-1 and UTF-8. */
    private static final String STRIP = "LQ45 898,78 \u201324,72 \u00a0 \u20ac";

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=iso-8859-1", "text/html; charset=windows-1252"})
    void utf8UnderTheNameOfAnotherCharsetIsUtf8(String contentType) {
        String page = "INDIKATOR \u2013 LQ45 898,78 \u221224,72 \u25bc";
        assertThat(PageDecoder.decode(page.getBytes(UTF_8), contentType)).isEqualTo(page);
        String windows = "INDIKATOR \u2013 LQ45 898,78 \u201324,72";
        assertThat(PageDecoder.decode(windows.getBytes(WINDOWS_1252), contentType))
                .isEqualTo(windows);
        assertThat(PageDecoder.decode(windows.getBytes(WINDOWS_1252), null)).isEqualTo(windows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "Windows-1252", "cp1252", "iso-8859-1", "ISO-8859-1", "latin1", "us-ascii"})
    void latin1AndAsciiAreReadAsWindows1252(String label) {
        byte[] body = STRIP.getBytes(WINDOWS_1252);
        assertThat(PageDecoder.decode(body, "text/html; charset=" + label)).isEqualTo(STRIP);
        byte[] meta = ("<meta charset=" + label + ">" + STRIP).getBytes(WINDOWS_1252);
        assertThat(PageDecoder.decode(meta, null)).endsWith(STRIP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=iso-8859-2",
                "text/html;charset=\"ISO-8859-2\"",
                "text/html; CHARSET = 'iso-8859-2'",
                "text/html; x=y; charset=iso-8859-2; z",
                "text/html; charset; charset=iso-8859-2"
            })
    void readsCharsetOfContentType(String contentType) {
        assertThat(PageDecoder.decode(new byte[] {(byte) 0xb1}, contentType)).isEqualTo("\u0105");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<meta charset=iso-8859-2>",
                "<META CharSet = 'ISO-8859-2' />",
                "<meta name=x charset=\"iso-8859-2\">",
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">",
                "<meta content='text/html;charset=iso-8859-2' http-equiv=content-type>",
                "<!-- <meta charset=koi8-r> --><meta charset=iso-8859-2>",
                "<!--><meta charset=iso-8859-2>",
                "<meta name=description content='charset=koi8-r'><meta charset=iso-8859-2>",
                "<metaphor charset=koi8-r><meta/charset=iso-8859-2>"
            })
    void readsCharsetOfMetaElement(String meta) {
        byte[] body = (meta + "\u00b1").getBytes(ISO_8859_1);
        assertThat(PageDecoder.decode(body, "text/html")).endsWith("\u0105");
    }

    @Test
    void ignoresMetaElementAfter4096Bytes() {
        String meta = "<meta charset=iso-8859-2>";
        String near = " ".repeat(4096 - meta.length()) + meta + "\u00b1";
        assertThat(PageDecoder.decode(near.getBytes(ISO_8859_1), null)).endsWith("\u0105");
        assertThat(PageDecoder.decode((" ".repeat(100) + near).getBytes(ISO_8859_1), null))
                .endsWith("\u00b1");
    }

    @Test
    void markBeatsHeaderAndHeaderBeatsMeta() {
        byte[] marked = ("\uFEFF" + STRIP).getBytes(UTF_8);
        assertThat(PageDecoder.decode(marked, "text/html; charset=iso-8859-1")).isEqualTo(STRIP);
        assertThat(PageDecoder.decode(("\uFEFF" + STRIP).getBytes(UTF_16LE), "text/html; charset=utf-8"))
                .isEqualTo(STRIP);
        assertThat(PageDecoder.decode(("\uFEFF" + STRIP).getBytes(UTF_16BE), null))
                .isEqualTo(STRIP);
        byte[] body = ("<meta charset=koi8-r>" + STRIP).getBytes(UTF_8);
        assertThat(PageDecoder.decode(body, "text/html; charset=utf-8")).endsWith(STRIP);
    }

    @Test
    void undeclaredCharsetIsUtf8IfValid() {
        assertThat(PageDecoder.decode(STRIP.getBytes(UTF_8), null)).isEqualTo(STRIP);
        assertThat(PageDecoder.decode(STRIP.getBytes(WINDOWS_1252), "text/html"))
                .isEqualTo(STRIP);
        assertThat(PageDecoder.decode(new byte[0], null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8",
        "text/html; charset=no-such-charset",
        "text/html; charset=",
        "text/html; charset=\u00e9 x",
        "text/html; charset=\"utf-8",
        "charset"
    })
    void ignoresUnknownAndWrongCharset(String contentType) {
        assertThat(PageDecoder.decode(STRIP.getBytes(WINDOWS_1252), contentType))
                .isEqualTo(STRIP);
        byte[] meta = ("<meta charset=iso-8859-2>\u00b1").getBytes(ISO_8859_1);
        assertThat(PageDecoder.decode(meta, contentType)).endsWith("\u0105");
    }

    @Test
    void ignoresWrongUtf8Mark() {
        byte[] body = ("\u00ef\u00bb\u00bfab\u0080").getBytes(ISO_8859_1);
        assertThat(PageDecoder.decode(body, null)).isEqualTo("ab\u20ac");
    }

    @Test
    void utf16InMetaMeansUtf8() {
        assertThat(PageDecoder.decode(("<meta charset=utf-16>" + STRIP).getBytes(UTF_8), null))
                .endsWith(STRIP);
        assertThat(PageDecoder.decode(STRIP.getBytes(UTF_16LE), "text/html; charset=utf-16"))
                .isEqualTo(STRIP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "text/html; charset=iso-8859-1", "text/html"})
    void aStrayByteCostsNoOtherCharacterOfAUtf8Page(String contentType) {
        byte[] page = "INDIKATOR \u2013 LQ45 898,78 \u221224,72 Caf\u00e9".getBytes(UTF_8);
        byte[] stray = Arrays.copyOf(page, page.length - 1); // half of the last character
        stray[stray.length - 1] = (byte) 0xE9;
        byte[] goesOn = Arrays.copyOf(stray, stray.length + 1);
        goesOn[stray.length] = 'x';
        assertThat(PageDecoder.decode(goesOn, contentType))
                .isEqualTo("INDIKATOR \u2013 LQ45 898,78 \u221224,72 Caf\uFFFDx");
    }

    @Test
    void pageCutWithinCharacterIsUtf8() {
        byte[] whole = "EMAS \u20ac".getBytes(UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThat(PageDecoder.decode(cut, "text/html; charset=utf-8")).isEqualTo("EMAS \uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<meta",
                "<meta ",
                "<meta charset",
                "<meta charset=",
                "<meta charset='",
                "<meta charset='utf-8",
                "<!--",
                "<!-- x",
                "<meta http-equiv=content-type>",
                "<",
                "<meta charset=''>",
                "<meta ====>",
                "<meta <meta <meta>"
            })
    void incompleteHeadIsHarmless(String text) {
        assertThat(PageDecoder.decode(text.getBytes(UTF_8), null)).isEqualTo(text);
    }
}
