package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The page of imports, and the form that voids the numbers of some days, in a real Chromium. */
@QuarkusTest
class ImportsPageTest extends BrowserTest {

    private static final String HOSTILE = "<img src=x> {7*7}.csv";

    private static void importDays() {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("text/csv")
                .queryParam("code", "KOMPAS100")
                .queryParam("file", HOSTILE)
                .body(
                        "date,open,high,low,close\n2021-03-01,1200.5,1210.5,1190.5,1205.5\n2021-03-02,1205.5,1215.5,1195.5,1201.5\nx,1,1,1,1\n")
                .post("/api/v1/imports")
                .then()
                .statusCode(201);
    }

    private static void signIn(Page page) {
        page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
        page.locator("#token").press("Enter");
    }

    @Test
    void anImportIsTakenBack() {
        importDays();
        try (Visit visit = visit(Visit.desktop("en-US"));
                Visit phone = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page page = visit.open("/imports");
            Locator card = page.locator("#imports .card").first();
            assertThat(card.locator("h2")).containsText(HOSTILE);
            assertThat(card).containsText("new 2, same 0, conflicting 0, refused 1");
            card.locator("summary").click();
            assertThat(card.locator("details li")).hasText("4: 'x' is no date");
            visit.assertAccessible();
            Page small = phone.open("/imports");
            assertThat(small.locator("#imports .card").first()).containsText("baru 2");
            phone.assertFits();
            card.locator("[data-do=undo]").click();
            assertThat(page.locator("#confirm-why")).containsText("All numbers that this import stored are deleted.");
            page.locator("#confirm-dialog button[type=submit]").click();
            signIn(page);
            assertThat(page.locator("#done")).hasText("The import was undone.");
            assertThat(card).containsText("undone by admin");
            assertThat(card.locator("[data-do=undo]")).hasCount(0);
            assertThat(page.locator("#imports img")).hasCount(0);
        }
    }

    @Test
    void theNumbersOfSomeDaysAreVoided() {
        importDays();
        try (Visit visit = visit(Visit.desktop("en-US"))) {
            Page page = visit.open("/observations/KOMPAS100?to=2021-03-03");
            page.locator("#void-range [value=void]").click();
            assertThat(page.locator("#range-from")).isFocused();
            page.locator("#range-from").fill("2021-03-01");
            page.locator("#range-to").fill("2021-03-02");
            page.locator("#range-reason").fill("a wrong file");
            page.locator("#void-range [value=void]").click();
            signIn(page);
            assertThat(page.locator("#range-done")).hasText("Voided. Numbers that no longer count: 2.");
            assertThat(page.locator("tr.struck")).hasCount(2);
            visit.assertAccessible();
            page.locator("#void-range [value=take-back]").click();
            assertThat(page.locator("#range-done")).hasText("Undone. Numbers that count again: 2.");
            assertThat(page.locator("tr.struck")).hasCount(0);
        }
    }
}
