package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** SVG cards, as embedded by other sites. */
@QuarkusTest
class CardsTest extends BrowserTest {

    private static final String HOSTILE = "</text><script>alert(1)</script> ]]> &amp; \"'\u0001\u001b{card} ";

    @Inject
    Indicators indicators;

    @Test
    void cardShowsValueChangeAndTimeInTheRequestedLanguage() throws Exception {
        Document english = parsed(card("en-GB", "/cards/LQ45.svg"));
        assertThat(text(english, "title")).isEqualTo("LQ45: 898.78 ▼ −24.72 −2.68%");
        assertThat(text(english, "desc"))
                .matches(
                        "LQ45 index · as of \\d+ \\S+ \\d{4} 10:00:00 WIB\\. No new value could be fetched in three polls\\.");
        assertThat(english.getDocumentElement().getTextContent()).contains("· stale");
        assertThat(last(english, "path").getAttribute("d")).matches("M\\d+\\.\\d .*");
        Document indonesian = parsed(card("en-GB", "/cards/rd.pendapatan-tetap.svg?lang=id"));
        assertThat(text(indonesian, "title")).isEqualTo("RD.PENDAPATAN TETAP: 0,00%");
        assertThat(indonesian.getDocumentElement().getAttribute("lang")).isEqualTo("id");
        assertThat(indonesian.getDocumentElement().getTextContent())
                .contains("Indeks Reksa Dana Pendapatan Tetap")
                .contains("per ")
                .contains("· data lama");
        assertThat(text(parsed(card("id", "/cards/USDIDR.svg")), "title")).isEqualTo("USD/IDR: 16.146 ▼ −54,00 −0,33%");
        assertThat(text(parsed(card("en", "/cards/ISSI.svg")), "desc"))
                .contains("Value, change and percentage do not agree, or the numbers of the page are ambiguous."
                        + " This number is not trusted.");
    }

    @ParameterizedTest
    @CsvSource({"/?code=LQ45, LQ45, LQ45 index: 898.78 ▼ −2.68%", "/, overview, Indonesian market indicators"})
    void linkPreviewHasADescriptionAndAPicture(String path, String picture, String description) throws IOException {
        org.jsoup.nodes.Document page =
                Jsoup.parse(given().header("Accept-Language", "en").get(path).asString());
        assertThat(meta(page, "og:title")).isEqualTo(page.title());
        assertThat(meta(page, "og:description"))
                .isEqualTo(page.selectFirst("meta[name=description]").attr("content"))
                .startsWith(description);
        assertThat(meta(page, "og:image")).endsWith("/cards/" + picture + ".png?lang=en");
        assertThat(meta(page, "og:image:alt")).isNotEmpty();
        assertThat(page.selectFirst("meta[name=twitter:card]").attr("content")).isEqualTo("summary_large_image");
        URI address = URI.create(meta(page, "og:image"));
        Response response = given().get(address.getPath() + "?" + address.getQuery());
        assertThat(response.contentType()).isEqualTo("image/png");
        assertThat(response.header("ETag")).isNotEmpty();
        BufferedImage image = ImageIO.read(response.asInputStream());
        assertThat(image.getWidth()).isEqualTo(Integer.parseInt(meta(page, "og:image:width")));
        assertThat(image.getHeight()).isEqualTo(Integer.parseInt(meta(page, "og:image:height")));
        assertThat(colours(image)).as("the fall of LQ45").contains(new Color(0xC02020));
    }

    @Test
    void suspectObservationSaysWhy() {
        given().header("Accept-Language", "en")
                .get("/observations/ISSI")
                .then()
                .body(containsString("<span class=\"said\">Value, change and percentage do not agree"));
    }

    @Test
    void everyPageHasAPreview() {
        org.jsoup.nodes.Document page = Jsoup.parse(given().get("/rules").asString());
        assertThat(meta(page, "og:title")).isEqualTo(page.title());
        assertThat(meta(page, "og:image")).startsWith("http").endsWith("/icon-512.png");
    }

    private static String meta(org.jsoup.nodes.Document page, String property) {
        return page.select("meta[property=" + property + "]").attr("content");
    }

    private static Set<Color> colours(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .mapToObj(Color::new)
                .collect(Collectors.toSet());
    }

    @Test
    void cardIsCacheableAndRevalidated() {
        Response light = card("id", "/cards/LQ45.svg?theme=light");
        String tag = light.header("ETag");
        assertThat(tag).startsWith("\"");
        assertThat(light.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(light.header("Vary")).isEqualTo("Accept-Language, Cookie");
        assertThat(card("id", "/cards/LQ45.svg?theme=light").header("ETag")).isEqualTo(tag);
        assertThat(card("id", "/cards/LQ45.svg?theme=dark").header("ETag")).isNotEqualTo(tag);
        assertThat(card("en", "/cards/LQ45.svg?theme=light").header("ETag")).isNotEqualTo(tag);
        for (String held : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            given().header("Accept-Language", "id")
                    .header("If-None-Match", held)
                    .get("/cards/LQ45.svg?theme=light")
                    .then()
                    .statusCode(304)
                    .body(emptyString())
                    .header("ETag", tag)
                    .header("Cache-Control", "public, max-age=60")
                    .header("Vary", "Accept-Language, Cookie");
        }
        given().header("Accept-Language", "id")
                .head("/cards/LQ45.svg?theme=light")
                .then()
                .statusCode(200)
                .contentType("image/svg+xml")
                .header("ETag", tag)
                .body(emptyString());
        given().get("/cards/LQ45.svg?lang=id&theme=light")
                .then()
                .header("ETag", tag)
                .header("Vary", nullValue());
        given().header("Accept-Language", "en")
                .cookie("detak-lang", "id")
                .get("/cards/LQ45.svg?theme=light")
                .then()
                .header("ETag", tag);
        postPage(clock.instant(), StripPages.page("LQ45 900,00 1,22 0,14%"));
        given().header("Accept-Language", "id")
                .header("If-None-Match", tag)
                .get("/cards/LQ45.svg?theme=light")
                .then()
                .statusCode(200)
                .body(containsString("900,00"));
    }

    @Test
    void policyAllowsOnlyTheOwnStyle() throws Exception {
        for (String theme : new String[] {"auto", "light", "dark"}) {
            Response card = card("en", "/cards/LQ45.svg?theme=" + theme);
            String style = text(parsed(card), "style");
            String hash = Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
            assertThat(card.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; style-src 'sha256-" + hash + "'");
            assertThat(card.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(card.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(card.contentType()).isEqualTo("image/svg+xml");
        }
    }

    @Test
    void invalidParametersAreRejected() {
        problem("/cards/NOPE.svg", 404, "no such indicator");
        problem("/cards/IDXQ30.svg", 404, "no value of IDXQ30 yet");
        problem("/cards/LQ45.svg?theme=blue", 400, "auto, light or dark");
        problem("/cards/LQ45.svg?lang=fr", 400, "id or en");
    }

    @Test
    void scrapedNameIsEscaped() throws Exception {
        admin().body(Map.of("label", "S&P'S (A+B)"))
                .post("/api/v1/labels")
                .then()
                .statusCode(201);
        take(
                clock.instant(),
                new Arrival.Page(StripPages.page(
                        "S&amp;P'S (A+B) 12,50 0,50 4,17%", "KOMPAS100 987.654.321.098,76 9.000.000.000,00 0,92%")));
        String name = HOSTILE.repeat(3);
        rename("KOMPAS100", name);
        try (Visit visit = english()) {
            assertThat(text(parsed(card("en", "/cards/S&P'S-(A+B).svg")), "title"))
                    .isEqualTo("S&P'S (A+B): 12.50 ▲ +0.50 +4.17%");
            Document card = parsed(card("en", "/cards/KOMPAS100.svg"));
            assertThat(card.getElementsByTagName("script").getLength()).isZero();
            assertThat(text(card, "desc"))
                    .startsWith(name.replace('\u0001', '\uFFFD').replace('\u001b', '\uFFFD'));
            Page page = visit.open("/cards/KOMPAS100.svg");
            assertThat(
                            page.evaluate(
                                    "[...document.querySelectorAll('text')].filter(t => t.textContent && t.getBBox().x + t.getBBox().width > 305).map(t => t.textContent)"))
                    .asList()
                    .isEmpty();
            embedded(visit, "KOMPAS100");
            visit.screenshot("card-hostile");
        } finally {
            rename("KOMPAS100", "Kompas100 index");
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, ffffff", "DARK, 181d25"})
    void embeddedCardFollowsTheColourScheme(ColorScheme scheme, String panel) throws IOException {
        try (Visit visit = visit(Visit.in(Visit.desktop("id-ID"), scheme))) {
            Page page = embedded(
                    visit,
                    "LQ45",
                    "USDIDR",
                    "EMAS",
                    "RD.PENDAPATAN-TETAP",
                    "KOMPAS100",
                    "ISSI",
                    "IDX",
                    "LQ45.svg?theme=light&lang=en",
                    "RD.SAHAM.svg?theme=dark&lang=en");
            assertThat(page.evaluate("[...document.images].map(i => `${i.naturalWidth}x${i.naturalHeight}`)"))
                    .asList()
                    .hasSize(9)
                    .containsOnly("320x128");
            assertThat(panelOf(page.locator("img").first())).isEqualTo(panel);
            assertThat(panelOf(page.locator("img[src*=light]"))).isEqualTo("ffffff");
            assertThat(panelOf(page.locator("img[src*=dark]"))).isEqualTo("181d25");
            visit.screenshot("cards-" + scheme.name().toLowerCase());
            visit.open("/cards/LQ45.svg"); // as a document, its own policy applies
            Color colour = Color.decode("#" + panel);
            assertThat(page.locator("rect.panel"))
                    .hasCSS("fill", "rgb(%d, %d, %d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue()));
        }
    }

    /** A page of another site that embeds cards. */
    private static Page embedded(Visit visit, String... cards) {
        StringBuilder html = new StringBuilder(
                "<!DOCTYPE html><meta charset='utf-8'><meta name='color-scheme' content='light dark'><title>Wiki</title>");
        for (String card : cards) {
            html.append("<img alt='' src='/cards/")
                    .append(card.contains("?") ? card : card + ".svg")
                    .append("'> ");
        }
        Page page = visit.open("about:blank");
        page.route(
                "**/wiki",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody(html.toString())));
        return visit.open("/wiki");
    }

    private static String panelOf(Locator image) throws IOException {
        return "%06x"
                .formatted(ImageIO.read(new ByteArrayInputStream(image.screenshot()))
                                .getRGB(160, 5)
                        & 0xFFFFFF);
    }

    private void rename(String code, String name) {
        QuarkusTransaction.requiringNew()
                .run(() -> em.createNativeQuery("update indicator set name_en = :name where code = :code")
                        .setParameter("name", name)
                        .setParameter("code", code)
                        .executeUpdate());
        indicators.invalidate();
    }

    private static Response card(String language, String path) {
        RequestSpecification request = given().header("Accept-Language", language);
        return request.get(path).then().statusCode(200).extract().response();
    }

    private static void problem(String path, int status, String detail) {
        given().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
    }

    private static Document parsed(Response card) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(card.asByteArray()));
    }

    private static String text(Document card, String element) {
        return card.getElementsByTagName(element).item(0).getTextContent();
    }

    private static Element last(Document card, String element) {
        return (Element) card.getElementsByTagName(element)
                .item(card.getElementsByTagName(element).getLength() - 1);
    }
}
