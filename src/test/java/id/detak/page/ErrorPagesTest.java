package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors are pages for browsers and problems for programs. */
@QuarkusTest
class ErrorPagesTest extends BrowserTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void unknownAddressIsAPage() {
        try (Visit visit = visit(Visit.desktop("id-ID"))) {
            visit.expect404();
            Page page = visit.open("/no/such/page");
            assertThat(page.locator("h1")).hasText("Halaman tidak ditemukan");
            assertThat(page.locator("nav.site a").first()).isVisible();
            visit.assertAccessible();
            visit.assertFits();
            visit.screenshot("error-404");
        }
    }

    @ParameterizedTest
    @CsvSource({"/nope, 404", "/observations/LQ45?from=yesterday, 400", "/observations/NONE, 404"})
    void browsersGetPages(String address, int status) {
        given().accept(BROWSER)
                .header("Accept-Language", "id")
                .get(address)
                .then()
                .statusCode(status)
                .contentType(startsWith("text/html"))
                .header("Content-Language", "id")
                .body(containsString("Detak"));
    }

    @Test
    void malformedHeadersAreNoServerError() {
        given().header("Accept", "text/html;q=9,-")
                .header("Accept-Language", "*;q=9,-,é")
                .get("/nope")
                .then()
                .statusCode(404);
        given().header("Accept", "")
                .header("Accept-Language", "-")
                .get("/nope")
                .then()
                .statusCode(404);
    }

    @Test
    void programsGetProblems() {
        for (String accept : new String[] {"application/json", "*/*"}) {
            given().accept(accept).get("/nope").then().statusCode(404).contentType("application/problem+json");
        }
        given().accept(BROWSER).get("/api/v1/nope").then().statusCode(404).contentType("application/problem+json");
    }
}
