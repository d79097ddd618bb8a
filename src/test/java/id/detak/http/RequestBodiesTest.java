package id.detak.http;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.RestAssuredConfig.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON bodies are read strictly, and an error names the field. */
@QuarkusTest
class RequestBodiesTest {

    private static final String RULES = "/api/v1/rules";
    private static final String RULE = "{\"name\":\"x\",\"type\":\"below\",\"level\":%s}";

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().config(config().encoderConfig(
                                encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    private static ValidatableResponse refused(RequestSpecification request, String path, int status) {
        return request.post(path).then().statusCode(status).contentType("application/problem+json");
    }

    private static RequestSpecification json(String body) {
        return admin().contentType("application/json").body(body.replace('\'', '"'));
    }

    @Test
    void bodyMustBeAnObjectOfLimitedSize() {
        refused(admin(), RULES, 400).body("detail", equalTo("The body is empty: send a JSON object."));
        refused(json(" ".repeat(256_000) + "{}"), RULES, 413)
                .body("detail", equalTo("The body is larger than 256 kB."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "'a string'", "{", "{'name':'a','name':'b'}", "name=x"})
    void otherJsonIsRejected(String body) {
        refused(json(body), RULES, 400)
                .body("detail", equalTo("The body must be a JSON object in UTF-8, with each field once."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/vnd.detak+json"})
    void rulesAndChannelsNeedNoContentType(String contentType) {
        admin().contentType(contentType)
                .body(RULE.formatted("1"))
                .post(RULES)
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/rules         | {'name':'x','type':'below','level':'many'}  | The field level cannot be read.",
                "/rules         | {'name':'x','type':'below','level':1,'channels':['x']} | The field channels cannot be read.",
                "/rules         | {'name':'x','type':'below','level':1,'quietHours':{'from':'soon','to':'07:00'}} | The field quietHours.from cannot be read.",
                "/rules         | {'name':'x','type':'below','level':1,'quietHours':{'from':'22:00','to':'07:00','zone':'WIB'}} | There is no field 'zone'. The fields are from, to.",
                "/rules         | {'name':'x','type':'below','level':1,'lvl':2} | There is no field 'lvl'. The fields are name, codes, type,",
                "/rules         | {'name':{},'type':'below','level':1}        | name",
                "/rules/backtest | {'type':'below','level':1,'lvl':2}         | There is no field 'lvl'. The fields are name, codes, type,",
                "/rules/backtest | {'type':'below'}                           | below needs level.",
                "/read-tokens   | {}                                          | name must say whose token it is, in 1 to 120 characters.",
                "/read-tokens   | {'name':' '}                                | name must say whose token it is, in 1 to 120 characters.",
                "/read-tokens   | {'name':'a\\nb'}                            | name must say whose token it is, in 1 to 120 characters.",
                "/read-tokens   | {'name':'a','role':'admin'}                 | There is no field 'role'. The fields are name.",
                "/session       | {}                                          | token is missing: give the admin's token, or a read token.",
                "/session       | {'token':'  '}                              | token is missing: give the admin's token, or a read token.",
                "/session       | {'token':'x','name':'y'}                    | There is no field 'name'. The fields are token.",
                "/channels      | {'type':'slack','url':'https://h.example/x'} | name is one line of 1 to 120 characters.",
                "/channels      | {'name':'a\\u0007','type':'slack','url':'https://h.example/x'} | name is one line of 1 to 120 characters.",
                "/channels      | {'name':'a','type':'slack','url':'https://h.example/x','uri':'y'} | Unknown setting uri. This type of channel has url",
                "/channels      | {'name':'a','url':'https://h.example/x'}    | The type is missing or not known",
                "/channels      | {'name':'a','enabled':'maybe','type':'slack','url':'https://h.example/x'} | The field enabled cannot be read.",
            })
    void anErrorNamesTheField(String path, String body, String detail) {
        refused(json(body), "/api/v1" + path, 400).body("detail", containsString(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "1-2", "41c09c84-3300-4963-8bea-d74aa079d0eb"})
    void anUnknownIdIsNotFound(String id) {
        for (String path : new String[] {"/rules/", "/channels/", "/alerts/", "/captures/"}) {
            admin().get("/api/v1" + path + id).then().statusCode(404).body("detail", startsWith("There is no"));
        }
        for (String path : new String[] {"/rules/", "/channels/", "/read-tokens/"}) {
            admin().delete("/api/v1" + path + id).then().statusCode(404);
        }
    }

    @Test
    void unsupportedMediaTypesAreNamed() {
        refused(admin().contentType("text/plain").body("{\"token\":\"x\"}"), "/api/v1/session", 415)
                .body("detail", startsWith("The Content-Type is not supported"));
        admin().accept("image/png")
                .get("/api/v1/latest")
                .then()
                .statusCode(406)
                .body("detail", startsWith("The media type in Accept is not supported"));
    }

    @Test
    void decimalsAreExact() {
        String id = json(RULE.formatted("1234567890.12345678")).post(RULES).path("id");
        assertThat(given().get(RULES + "/" + id).asString()).contains("\"level\":1234567890.12345678");
    }

    @Test
    void responsesCanBeSentBack() {
        String id = json(RULE.formatted("900")).post(RULES).path("id");
        String rule = given().get(RULES + "/" + id).asString();
        json(rule).put(RULES + "/" + id).then().statusCode(200).body("level", equalTo(900));
        json(rule).post(RULES + "/backtest").then().statusCode(200);
        given().get(RULES).then().body("items.id", contains(id));
        String channel = json("{'name':'c','type':'slack','url':'https://h.example/x'}")
                .post("/api/v1/channels")
                .path("id");
        json(given().get("/api/v1/channels/" + channel).asString())
                .put("/api/v1/channels/" + channel)
                .then()
                .statusCode(200)
                .body("name", equalTo("c"))
                .body("enabled", equalTo(true));
        json("{'enabled':false}")
                .put("/api/v1/channels/" + channel)
                .then()
                .body("name", equalTo("c"))
                .body("enabled", equalTo(false));
    }
}
