package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While many points are being read, requests for as many more are refused, and small ones are answered. */
@QuarkusTest
class AnswerLimitTest {

    private static final String RULE =
            "{\"codes\": [\"LQ45\"], \"type\": \"dropOver\", \"percent\": 5, \"window\": \"P30D\"}";
    /** Makes each address new, so that no cached response answers. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Inject
    AnswerLimit limit;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/indicators/LQ45/history?interval=raw&maxPoints=100000",
                "/api/v1/indicators/LQ45/history.csv?interval=raw&maxPoints=100000",
                "/api/v1/compare?codes=LQ45,EMAS"
            })
    void largeAnswersAreRefusedWhileOthersAreComputed(String address) {
        limit.within(AnswerLimit.POINTS - 2 * AnswerLimit.SMALL, () -> {
            refused(get(address));
            return get("/api/v1/indicators/LQ45/history?maxPoints=10").statusCode(200);
        });
        get(address).statusCode(200);
    }

    @Test
    void pagesAndChangesAreAnsweredBesideTheLargest() {
        limit.within(AnswerLimit.POINTS, () -> {
            get("/changes?lang=en").statusCode(200);
            get("/api/v1/changes?x=1").statusCode(200);
            get("/api/v1/indicators/LQ45/history?maxPoints=10").statusCode(200);
            return limit.shared(() -> {
                refusedHere(() -> limit.shared(() -> null));
                return get("/?lang=en").statusCode(200);
            });
        });
    }

    private static void refusedHere(ThrowingCallable computation) {
        assertThatThrownBy(computation).hasMessageContaining("Too many long answers are being computed");
    }

    @Test
    void backtestsAreRefusedWhileOthersAreComputed() {
        limit.within(AnswerLimit.POINTS, () -> {
            refused(backtest());
            return null;
        });
        backtest().statusCode(200);
    }

    private static void refused(ValidatableResponse response) {
        response.statusCode(429)
                .header("Retry-After", equalTo("2"))
                .body("detail", startsWith("Too many long answers are being computed"));
    }

    private static ValidatableResponse get(String address) {
        return given().urlEncodingEnabled(false)
                .get(address + "&n=" + NUMBER.incrementAndGet())
                .then();
    }

    private static ValidatableResponse backtest() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(RULE)
                .post("/api/v1/rules/backtest")
                .then();
    }
}
