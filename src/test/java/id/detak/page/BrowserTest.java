package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.Browsers;
import id.detak.testsupport.TestDatabase;
import id.detak.testsupport.VirtualTime;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Base class of page tests in a real Chromium, which starts once, with a year of simulated pages. */
abstract class BrowserTest {

    private static final String LEFT_OUT =
            "Browser tests are skipped: no Chromium found; mvn verify -Pinstall-browser installs one.";
    private static Playwright playwright;
    private static Browser light;
    private static Browser whole;
    /** The time of the last page of the year; null if the pages must be loaded. */
    static Instant end;
    /** The rows of the year, to be kept between tests. */
    private static List<?> stored;

    @TestHTTPResource("/")
    URI site;

    @Inject
    Intake intake;

    @Inject
    Calendars calendars;

    @Inject
    Clock clock;

    @ConfigProperty(name = VirtualTime.CLOCK_SKEW)
    Duration clockSkew;

    @Inject
    EntityManager em;

    @Inject
    DataSource dataSource;

    @BeforeAll
    static void launch() {
        browser();
    }

    /** The headless shell, or a whole Chromium if there is none. */
    static Browser browser() {
        light = light == null ? launch(Browsers.findLight()) : light;
        return light;
    }

    /** For what only a whole Chromium has, such as notifications. */
    static Browser wholeBrowser() {
        whole = whole == null ? launch(Browsers.find()) : whole;
        return whole;
    }

    private static Browser launch(Optional<Path> found) {
        if (found.isEmpty()) {
            System.out.println(LEFT_OUT);
        }
        Assumptions.assumeTrue(found.isPresent(), LEFT_OUT);
        if (playwright == null) {
            PlaywrightAssertions.setDefaultAssertionTimeout(Visit.TIMEOUT.toMillis());
            playwright = Playwright.create();
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return playwright.chromium().launch(Browsers.launchOptions(found.get()));
    }

    /** The browser of this class's visits. */
    Browser browserOfVisits() {
        return browser();
    }

    /** Deletes the pages of the previous test, which are newer than the year. */
    @BeforeEach
    void loadYearOfPages() {
        // other tests may have changed the tables
        if (end != null && !stored.equals(storedUntilEnd())) {
            end = null;
        }
        if (end == null) {
            TestDatabase.empty(dataSource);
            List<Arrival> year = StripPages.year(calendars.exchange(), clock.instant());
            QuarkusTransaction.requiringNew().run(() -> year.forEach(intake::take));
            end = year.get(year.size() - 1).observedAt();
            stored = storedUntilEnd();
        } else {
            TestDatabase.emptyAfter(dataSource, end);
        }
    }

    private List<?> storedUntilEnd() {
        return QuarkusTransaction.requiringNew()
                .call(() -> em.createNativeQuery("""
                        select cast(count(*) as text) || ' captures' from capture where observed_at <= :end
                        union all select cast(count(*) as text) || ' other' from (
                            select observed_at from observation_superseded
                            union all select observed_at from observation_conflict
                            union all select observed_at from other_observation
                            union all select observed_at from close_difference) o
                        where observed_at <= :end
                        union all select concat_ws(' ', i.code, count(o.*), sum(o.value), sum(o.change_percent),
                                count(*) filter (where o.quality = 'suspect'))
                        from indicator i left join observation o on o.indicator_id = i.id and o.observed_at <= :end
                        where i.discovered_at is null or i.discovered_at <= :end
                        group by i.code
                        """, String.class)
                        .setParameter("end", end)
                        .getResultList())
                .stream()
                .sorted()
                .toList();
    }

    Visit visit(NewContextOptions options) {
        return new Visit(browserOfVisits(), site, options, clockSkew);
    }

    /** Opens a visit whose clock the test advances, starting at the application's time. */
    Visit englishWithFakeClock() {
        Visit visit = new Visit(browserOfVisits(), site, Visit.desktop("en-US"), Duration.ZERO);
        visit.installFakeClock(clock.instant());
        return visit;
    }

    Visit english() {
        return visit(Visit.desktop("en-US"));
    }

    void postPage(Instant at, String page) {
        admin().contentType("text/html; charset=utf-8")
                .body(page)
                .queryParam("observedAt", at.toString())
                .post("/api/v1/captures")
                .then()
                .statusCode(201);
    }

    void take(Instant at, Arrival.Content content) {
        intake.take(new Arrival("kontan", Via.POLL, "http://127.0.0.1:1/", at, null, null, content));
    }

    static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON);
    }

    static void rule(String name, Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("name", name.substring(0, Math.min(120, name.length())));
        admin().body(body).post("/api/v1/rules").then().statusCode(201);
    }

    /** Posts two falling values within the session. */
    void falls() {
        postPage(end.plus(Duration.ofMinutes(10)), StripPages.page("LQ45 870,00 -53,50 -5,79%"));
        postPage(end.plus(Duration.ofMinutes(20)), StripPages.page("LQ45 865,00 -58,50 -6,33%"));
    }

    static void drawn(Page page, String code) {
        assertThat(page.locator("#chart"))
                .hasAttribute("data-drawn", Pattern.compile("^" + code.replaceAll("[^A-Z0-9 ]", "\\\\$0") + " \\d+$"));
    }

    /** The number of chart pixels in a colour of the page. */
    static int pixels(Page page, String color) {
        return (int) page.evaluate("""
                (name) => {
                  const probe = document.body.appendChild(document.createElement('span'));
                  probe.style.color = `var(${name})`;
                  const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
                  probe.remove();
                  const canvas = document.querySelector('.plot canvas');
                  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
                  copy.drawImage(canvas, 0, 0);
                  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                  let count = 0;
                  for (let i = 0; i < data.length; i += 4) count += data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255;
                  return count;
                }
                """, color);
    }
}
