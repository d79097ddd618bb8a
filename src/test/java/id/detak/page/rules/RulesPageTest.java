package id.detak.page.rules;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.Via;
import id.detak.indicator.Calendars;
import id.detak.indicator.TradingCalendar;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of each rule on the page, its last firing and its next evaluation. */
@QuarkusTest
class RulesPageTest {

    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    @Inject
    Intake intake;

    @Inject
    Calendars calendars;

    @Inject
    Clock clock;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @Test
    void aRuleShowsItsStateAndItsLastFiring() {
        String falls = rule("'codes':'LQ45','type':'below','level':895,'coolDown':'P30D'");
        assertThat(state(falls)).isEqualTo("no data");
        assertThat(facts(falls)).contains("Last firing never").contains("Next evaluation with the next quote");

        Instant open = sessionBefore(clock.instant());
        poll(open, "LQ45 900,00 0,00 0,00%");
        assertThat(state(falls)).isEqualTo("ok");

        poll(open.plusSeconds(300), "LQ45 890,00 -10,00 -1,11%");
        assertThat(state(falls)).isEqualTo("firing");
        String alert = given().get("/api/v1/rules/" + falls).path("lastAlert.id");
        Element link = card(falls, "en").selectFirst("dd a");
        assertThat(link.attr("href")).isEqualTo("/alerts/" + alert);
        assertThat(link.text()).startsWith("LQ45, ").endsWith(":05:00 WIB");
        assertThat(card(falls, "en").selectFirst(".places").text()).isEqualTo("LQ45: firing");

        poll(open.plusSeconds(600), "LQ45 900,00 0,00 0,00%");
        assertThat(state(falls)).isEqualTo("ok");
        assertThat(facts(falls)).contains("LQ45, ").contains("with the next quote · LQ45 cools down until ");
        assertThat(card(falls, "id").text()).contains("normal").contains("LQ45 dalam jeda sampai ");
    }

    @Test
    void aSilentRuleShowsWhenItFires() {
        String silent = rule("'codes':'LQ45','type':'silent','window':'PT30M'");
        String other = rule("'codes':'LQ45','type':'below','level':1");
        String due = given().get("/api/v1/rules/" + silent).path("dueAt");
        assertThat(OffsetDateTime.parse(due).toInstant()).isAfter(clock.instant());
        assertThat(facts(silent))
                .contains(OffsetDateTime.parse(due).format(DateTimeFormatter.ofPattern("HH:mm:ss"))
                        + " WIB, if no quote arrives before");
        assertThat((String) given().get("/api/v1/rules/" + other).path("dueAt")).isNull();
    }

    @Test
    void aRuleShowsWhatHoldsItsMessagesBack() {
        OffsetDateTime now = clock.instant().atOffset(WIB);
        String end = MINUTE.format(now.plusHours(2));
        String quiet = rule("'type':'below','level':1,'quietHours':{'from':'" + MINUTE.format(now.minusHours(2))
                + "','to':'" + end + "'}");
        assertThat(facts(quiet))
                .contains("with the next quote · quiet hours: messages wait until ")
                .contains(end + ":00 WIB");
        String disabled = rule("'type':'below','level':1,'enabled':false");
        assertThat(state(disabled)).isEqualTo("disabled");
        assertThat(facts(disabled)).contains("none, because the rule is disabled");
        String elsewhere = rule("'type':'below','level':1,'quietHours':{'from':'" + end + "','to':'"
                + MINUTE.format(now.plusHours(3)) + "'}");
        assertThat(facts(elsewhere)).endsWith("with the next quote");
    }

    private Instant sessionBefore(Instant moment) {
        TradingCalendar exchange = calendars.exchange();
        LocalDate day = exchange.previousTradingDay(exchange.tradingDayAt(moment));
        return exchange.openHours(day, day).get(0).open().plus(Duration.ofMinutes(60));
    }

    private void poll(Instant at, String item) {
        intake.take(new Arrival("kontan", Via.POLL, null, at, null, null, new Arrival.Page(Pages.strip(item))));
    }

    private static String rule(String fields) {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .body(("{'name':'r'," + fields + "}").replace('\'', '"'))
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Element card(String rule, String language) {
        return Jsoup.parse(given().get("/rules?lang=" + language).asString()).getElementById("rule-" + rule);
    }

    private static String state(String rule) {
        return card(rule, "en").selectFirst(".tag.state").text();
    }

    private static String facts(String rule) {
        return card(rule, "en").selectFirst(".facts").text();
    }
}
