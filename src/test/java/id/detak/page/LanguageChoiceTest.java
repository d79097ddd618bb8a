package id.detak.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The language of a page: by URL, then cookie, then browser. */
@QuarkusTest
class LanguageChoiceTest {

    @Test
    void choiceInTheUrlIsKeptInACookie() {
        Response chosen = page("/alerts?before=a+%26%3Cb%3E&lang=id", "en", null);
        assertThat(chosen.header("Content-Language")).isEqualTo("id");
        assertThat(chosen.header("Vary")).isEqualTo("Accept-Language, Cookie");
        assertThat(chosen.header("Set-Cookie"))
                .contains("detak-lang=id", "Path=/", "SameSite=Lax", "Max-Age=31536000", "HttpOnly")
                .doesNotContain("Secure");
        assertThat(chosen.asString())
                .contains(
                        "<html lang=\"id\" ",
                        "href=\"?before=a+%26%3Cb%3E&amp;lang=en\" lang=\"en\" hreflang=\"en\">English</a>",
                        "lang=\"id\" hreflang=\"id\" aria-current=\"true\">Bahasa Indonesia</a>");

        Response later = page("/rules", "en", "id");
        assertThat(later.header("Content-Language")).isEqualTo("id");
        assertThat(later.header("Set-Cookie")).isNull();
        assertThat(page("/rules?lang=en", "id", "id").header("Content-Language"))
                .isEqualTo("en");
    }

    @Test
    void unsupportedLanguagesAreIgnored() {
        for (String nonsense : List.of("", "ID", "fr", "id%0d%0aX-Evil:%201", "%22%3E%3Cscript%3E")) {
            Response page = page("/alerts?lang=" + nonsense, "id", "en; Path=/evil");
            assertThat(page.header("Content-Language")).as(nonsense).isEqualTo("en");
            assertThat(page.header("Set-Cookie")).as(nonsense).isNull();
            assertThat(page.asString())
                    .as(nonsense)
                    .contains("href=\"?lang=id\" lang", "href=\"?lang=en\" lang")
                    .doesNotContain("Evil", "<script>");
        }
        assertThat(page("/alerts", "id", "fr").header("Content-Language")).isEqualTo("id");
        assertThat(page("/api/v1/latest?lang=id", "en", null).header("Set-Cookie"))
                .isNull();
    }

    private static Response page(String path, String browser, String cookie) {
        return given().urlEncodingEnabled(false)
                .headers("Accept-Language", browser, "Cookie", cookie == null ? "other=1" : "detak-lang=" + cookie)
                .get(path);
    }
}
