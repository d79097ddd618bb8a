package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignInTest extends BrowserTest {

    private static final String CODED = "<b>Budi</b> {7*7}";

    @Test
    void signedInUserCanWriteUntilSignOut() {
        try (Visit visit = english();
                Visit phone = visit(Visit.phone("id-ID").setColorScheme(ColorScheme.DARK))) {
            visit.expect(401);
            Page page = visit.open("/changes?sort=1mo");
            page.locator("#more summary").click();
            page.locator("#account a").click();
            page.locator("#sign-in-token").fill("wrong");
            page.locator("#sign-in button").click();
            assertThat(page.locator("#problem")).containsText("This token is not valid");
            visit.assertAccessible();
            page.locator("#sign-in-token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#sign-in button").click();
            assertThat(page).hasURL(Pattern.compile("/changes\\?sort=1mo$"));
            assertThat(page.locator("#account")).containsText("Signed in as admin");
            Cookie cookie = page.context().cookies().stream()
                    .filter(held -> held.name.equals("detak-session"))
                    .findFirst()
                    .orElseThrow();
            assertThat(cookie.httpOnly).isTrue();

            page.locator("#more summary").click();
            page.locator("#account a").click();
            page.locator("#name").fill(CODED);
            page.locator("#read-token-form button").click();
            assertThat(page.locator("#form-done")).containsText("shown only once");
            Locator card = page.locator("#read-tokens li").filter(new FilterOptions().setHasText(CODED));
            assertThat(card).hasCount(1);
            visit.assertAccessible();
            visit.assertFits();
            visit.screenshot("access");
            Matcher token = Pattern.compile("detak_read_\\S+")
                    .matcher(page.locator("#form-done").innerText());
            assertThat(token.find()).isTrue();
            given().header("Authorization", "Bearer " + token.group())
                    .get("/api/v1/latest")
                    .then()
                    .statusCode(200);
            given().header("Authorization", "Bearer " + token.group())
                    .post("/api/v1/rules")
                    .then()
                    .statusCode(403);
            card.locator("[data-do=delete]").click();
            page.locator("#confirm-dialog .danger").click();
            assertThat(card).hasCount(0);
            given().header("Authorization", "Bearer " + token.group())
                    .get("/api/v1/latest")
                    .then()
                    .statusCode(401);

            page.locator("#more summary").click();
            page.locator("#account form button").click();
            assertThat(page).hasURL(Pattern.compile("/$"));
            assertThat(page.locator("#account")).hasText("Sign in");
            given().cookie("detak-session", cookie.value)
                    .get("/api/v1/read-tokens")
                    .then()
                    .statusCode(401);

            phone.open("/sign-in");
            phone.assertAccessible();
            phone.assertFits();
            phone.screenshot("sign-in-phone-dark");
        }
    }

    @Test
    void signInWorksWithoutJavaScript() {
        try (Visit visit =
                visit(new NewContextOptions().setJavaScriptEnabled(false).setLocale("en-US"))) {
            Page page = visit.open("/sign-in?to=/alerts");
            page.locator("#sign-in-token").fill(TestDatabase.ADMIN_TOKEN);
            page.locator("#sign-in button").click();
            assertThat(page).hasURL(Pattern.compile("/alerts$"));
            page.locator("#more summary").click();
            page.locator("#account form button").click();
            assertThat(page.locator("#account")).hasText("Sign in");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "\\\\evil.example",
                "/sign-in",
                "",
                "data:text/html,x",
                "///evil.example",
                "/%0d%0aSet-Cookie:x=1\r\n"
            })
    void signInNeverRedirectsToAnotherSite(String to) {
        ValidatableResponse answer = given().redirects()
                .follow(false)
                .formParam("token", TestDatabase.ADMIN_TOKEN)
                .formParam("to", to)
                .post("/sign-in")
                .then()
                .statusCode(303);
        assertThat(answer.extract().header("Location")).isEqualTo("/");
    }
}
