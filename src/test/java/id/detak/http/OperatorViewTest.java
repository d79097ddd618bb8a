package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import id.detak.platform.Version;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator needs to see: version, request id, audit log. */
@QuarkusTest
class OperatorViewTest {

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() throws Exception {
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    @Test
    void versionIsInPageApiAndMetrics() {
        given().get("/api/v1/version")
                .then()
                .body("version", equalTo(Version.NUMBER))
                .body("build", equalTo(BuildId.OWN));
        given().get("/changes").then().body(containsString(Version.NUMBER + " (" + BuildId.OWN + ")"));
        given().get("/q/metrics")
                .then()
                .body(containsString(
                        "detak_info{build=\"" + BuildId.OWN + "\",version=\"" + Version.NUMBER + "\"} 1.0"));
    }

    @Test
    void requestsHaveAnId() {
        String first = given().get("/api/v1/latest").header("X-Request-Id");
        String second = given().get("/").header("X-Request-Id");
        assertThat(first).matches("[a-z0-9]+-[a-z0-9]+").isNotEqualTo(second);
        // answered by a resource, by a router filter, and by neither
        for (String path : List.of("/api/v1/alerts/" + "0".repeat(36), "/" + "x".repeat(3000), "/nowhere")) {
            given().header("X-Request-Id", "of-a.proxy_1")
                    .accept("application/json")
                    .get(path)
                    .then()
                    .header("X-Request-Id", "of-a.proxy_1")
                    .body("requestId", equalTo("of-a.proxy_1"));
        }
        assertThat(given().header("X-Request-Id", "a b\"").get("/").header("X-Request-Id"))
                .matches("[a-z0-9]+-[a-z0-9]+");
    }

    @Test
    void changesOfTheAdminAreAudited() {
        String id = admin().contentType("application/json")
                .body("{\"name\":\"Fall\",\"codes\":\"LQ45\",\"type\":\"silent\",\"window\":\"PT30M\"}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin().delete("/api/v1/rules/" + id).then().statusCode(204);
        admin().delete("/api/v1/rules/" + id).then().statusCode(404);
        admin().get("/api/v1/audit")
                .then()
                .body("items.action", equalTo(List.of("rule.delete", "rule.create")))
                .body("items.subject", equalTo(List.of(id, id)))
                .body("items[0].actor", matchesPattern(".+"));
    }
}
