package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the router sends through all filters a second time, such as those for a folder with an index.html. */
@QuarkusTest
class ReroutedRequestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST", "PUT", "DELETE", "PROPFIND"})
    void unsupportedMethodIsNoServerError(String method) {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .request(method, "/q/swagger-ui/")
                .then()
                .statusCode(anyOf(is(404), is(405)));
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .body("{}")
                .request(method, "/q/swagger-ui/")
                .then()
                .statusCode(anyOf(is(404), is(405)));
    }
}
