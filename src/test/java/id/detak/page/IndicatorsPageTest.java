package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of indicators in a real Chromium. */
@QuarkusTest
class IndicatorsPageTest extends BrowserTest {

    private static final String HOSTILE = "S&amp;P'S (A+B) 12,50 0,00%";

    @Inject
    Indicators indicators;

    @AfterEach
    void seedAgain() {
        execute("delete from source where name = 'front'");
        indicators.seed();
    }

    private void execute(String sql) {
        QuarkusTransaction.requiringNew().run(() -> em.createNativeQuery(sql).executeUpdate());
    }

    private void poll(String source, int minutes, String... items) {
        intake.take(new Arrival(
                source,
                Via.POLL,
                "http://127.0.0.1:1/",
                clock.instant().minus(Duration.ofMinutes(10 - minutes)),
                null,
                null,
                new Arrival.Page(StripPages.page(items))));
    }

    private static void token(Page page) {
        page.locator("#token").fill(TestDatabase.ADMIN_TOKEN);
        page.locator("#token").press("Enter");
    }

    private static Locator button(Page page, String indicator, String action) {
        return page.locator("[data-code=\"" + indicator + "\"] [data-do=" + action + "]");
    }

    @Test
    void adminRenamesHidesMergesAndDeletes() {
        postPage(end.plus(Duration.ofMinutes(1)), StripPages.page("KOMPOSIT 7.100,00 10,00 0,14%"));
        postPage(end.plus(Duration.ofMinutes(2)), StripPages.page(HOSTILE));
        execute(
                "insert into source (name, url, due_at) values ('front', 'http://127.0.0.1:1/', now() + interval '1 day')");
        // gold trades on Saturdays and exchange holidays, too
        poll("kontan", 3, "EMAS 1.319.000 0,00%");
        poll("front", 4, "EMAS 1.219.000 -7,58%");
        try (Visit visit = english()) {
            visit.expect(409);
            Page page = visit.open("/");
            // another notice says when the known holidays end
            assertThat(page.locator("#notices")).containsText("EMAS: front shows 1,219,000 (−7.58%)");
            page.locator("#more summary").click();
            page.locator("#more a", new Page.LocatorOptions().setHasText("Indicators"))
                    .click();
            assertThat(page.locator("h1")).hasText("Indicators");
            assertThat(page.locator("#indicator-EMAS")).containsText("kontan");
            assertThat(page.locator("#indicator-EMAS")).containsText("front: 1,219,000 (−7.58%)");
            assertThat(page.locator("#indicator-EMAS .warn")).hasText("differs");
            assertThat(page.locator("#indicator-IDX")).containsText("IHSG");
            assertThat(page.locator("#indicator-KOMPOSIT .tag")).hasText("new label");
            assertThat(page.locator("#audit")).hasText("Only the admin can see changes.");
            visit.screenshot("indicators");

            button(page, "KOMPOSIT", "rename").click();
            assertThat(page.locator("#rename-title")).hasText("Rename KOMPOSIT");
            assertThat(page.locator("#rename-code")).hasValue("KOMPOSIT");
            visit.assertAccessible();
            page.locator("#rename-code").fill("LQ45");
            page.locator("#rename-code").press("Enter");
            token(page);
            assertThat(page.locator("#problem")).hasText("LQ45 belongs to LQ45. Merge the two instead.");
            button(page, "KOMPOSIT", "rename").click();
            page.locator("#rename-code").fill("GABUNGAN");
            page.locator("#rename-en").fill("<b>Composite</b>");
            page.locator("#rename-dialog [type=submit]").click();
            assertThat(page.locator("#done")).hasText("Saved.");
            assertThat(page.locator("#indicator-GABUNGAN")).containsText("<b>Composite</b>");
            assertThat(page.locator("#indicator-GABUNGAN")).containsText("KOMPOSIT");
            assertThat(page.locator("#audit li").first()).containsText("admin · indicator.change · KOMPOSIT");

            button(page, "GABUNGAN", "hide").click();
            assertThat(page.locator("#indicator-GABUNGAN")).containsText("hidden");
            given().header("Accept-Language", "en").get("/").then().body(not(containsString("GABUNGAN")));
            button(page, "GABUNGAN", "show").click();
            assertThat(button(page, "GABUNGAN", "hide")).isVisible();

            button(page, "GABUNGAN", "merge").click();
            page.locator("#merge-into").selectOption("IDX");
            visit.assertAccessible();
            page.locator("#merge-dialog [type=submit]").click();
            assertThat(page.locator("#done")).hasText("Merged.");
            assertThat(page.locator("#indicator-IDX")).containsText("GABUNGAN, IHSG, KOMPOSIT");
            assertThat(page.locator("#indicator-GABUNGAN")).hasCount(0);

            button(page, "S&P'S (A+B)", "remove").click();
            assertThat(page.locator("#confirm-title")).hasText("Delete S&P'S (A+B)?");
            page.locator("#confirm-dialog [type=submit]").click();
            assertThat(page.locator("#done")).hasText("Deleted.");
            Locator refused = page.locator("#new-labels [data-label]");
            assertThat(refused.locator("h3")).hasText("S&P'S (A+B)");
            assertThat(refused).containsText("Its indicator was deleted.");
            visit.assertAccessible();
            refused.locator("button").click();
            assertThat(page.locator("#done")).hasText("It is now an indicator.");
            assertThat(page.locator("#new-labels")).hasText("No new labels.");
            given().get("/api/v1/indicators").then().body("items.code", hasItem("S&P'S (A+B)"));
        }
    }

    @Test
    void newLabelsWaitInIndonesianToo() {
        poll("kontan", 1, "LQ45 898,78 -24,72 -2.68%", "JIBOR 6,10 0,05%");
        try (Visit visit = visit(Visit.in(Visit.phone("id-ID"), ColorScheme.DARK))) {
            Page page = visit.open("/indicators");
            assertThat(page.locator("h1")).hasText("Indikator");
            assertThat(page.locator("#new-labels h3")).hasText("JIBOR");
            assertThat(page.locator("#indicator-LQ45")).containsText("kontan");
            visit.assertAccessible();
            visit.screenshot("indicators-phone-dark");
            page.locator("#new-labels button").click();
            token(page);
            assertThat(page.locator("#done")).hasText("Kini menjadi indikator.");
            assertThat(page.locator("#audit li").first()).containsText("label.confirm · JIBOR");
        }
    }
}
