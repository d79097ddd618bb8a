package id.detak.strip;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class PageReaderTest {

    private static String text(String page) {
        return PageReader.read(page).text();
    }

    @Test
    void tagsAreBoundariesAndLinesOfHtmlAreBlanks() {
        assertThat(text("<p>satu\ndua</p>\n<p>\n</p><b>tiga</b>")).isEqualTo("satu dua\ntiga");
    }

    @Test
    void linesOfPlainTextStandAndBlankOnesToo() {
        assertThat(text("satu\r\ndua\n \n\n\n tiga\rempat")).isEqualTo("satu\ndua\n\ntiga\nempat");
    }

    @Test
    void whatIsNotShownIsSkipped() {
        assertThat(text("a<script>b</scripty></SCRIPT >c<STYLE>d</style><title>e</title><template>f</template>"
                        + "<noscript>g</noscript><textarea>h</textarea><!-- i > --><!-->j<!DOCTYPE k><?l?></ m>n"))
                .isEqualTo("a\nc\njn");
    }

    @Test
    void quotesInTagsAreRespected() {
        assertThat(text("<a title=\"b > c\" alt = 'd > e' f=don't g>h</a>")).isEqualTo("h");
    }

    @Test
    void whatIsNeverClosedReachesToTheEnd() {
        for (String open :
                new String[] {"<script>b", "<!-- b", "<a title=\"b>c", "<a b", "</b", "<!b", "</ b", "<", "&nbs", "&"
                }) {
            assertThat(text("<i>a" + open)).as(open).isEqualTo("a");
        }
    }

    @Test
    void aLoneAngleAndAnAmpersandAreText() {
        assertThat(text("a < b & c &foo; &d &#; e")).isEqualTo("a < b & c &foo; &d &#; e");
        assertThat(text("<i>a < b</i>")).isEqualTo("a < b");
    }

    @Test
    void entitiesAreDecodedAndEveryBlankIsABlank() {
        assertThat(text("a&nbsp;&minus;&#8722;&#x2212;&amp;b\u00a0\u2009\u202f\u3000c\u200bd&shy;e"))
                .isEqualTo("a −−−&b cde");
    }

    @Test
    void everyCharacterKnowsItsPlace() {
        String page = "<p>ab  c&minus;d</p>\n\n<p>é</p>x&nbsp;y";
        PageText text = PageReader.read(page);
        assertThat(text.text()).isEqualTo("ab c−d\né\nx y");
        for (String piece : new String[] {"ab", "c", "d", "é", "x", "y"}) {
            int at = text.text().indexOf(piece);
            assertThat(text.source(at)).isEqualTo(page.lastIndexOf(piece, page.length() - (piece.equals("c") ? 4 : 0)));
            assertThat(text.sourceEnd(at + piece.length())).isEqualTo(text.source(at) + piece.length());
        }
        int minus = text.text().indexOf('−');
        assertThat(page.substring(text.source(minus), text.sourceEnd(minus + 1)))
                .isEqualTo("&minus;");
    }
}
