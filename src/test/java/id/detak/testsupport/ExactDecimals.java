package id.detak.testsupport;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Lets REST Assured read the decimals of a JSON response with all their digits, instead of as floats. */
public final class ExactDecimals implements QuarkusTestBeforeEachCallback {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.config =
                RestAssured.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));
    }

    /** A number as it is written in the response: {@code 1.50} is not {@code 1.5}. */
    public static BigDecimal decimal(String digits) {
        return new BigDecimal(digits);
    }

    /** A list of such numbers; an element may be null. */
    public static List<BigDecimal> decimals(String... digits) {
        return Arrays.stream(digits)
                .map(one -> one == null ? null : new BigDecimal(one))
                .toList();
    }
}
