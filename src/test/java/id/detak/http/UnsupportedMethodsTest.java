package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import id.detak.testsupport.Route;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A method that an address does not support is answered with 405, and {@code Allow} lists those that it does. */
@QuarkusTest
class UnsupportedMethodsTest {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");

    private static Response send(String method, String path) {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .redirects()
                .follow(false)
                .request(method, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH    | /api/v1/rules         | GET, HEAD, OPTIONS, POST",
                "DELETE   | /api/v1/rules         | GET, HEAD, OPTIONS, POST",
                "PUT      | /api/v1/captures      | OPTIONS, POST",
                "POST     | /api/v1/latest        | GET, HEAD, OPTIONS",
                "PUT      | /api/v1/rules/presets | GET, HEAD, OPTIONS",
                "POST     | /rules                | GET, HEAD, OPTIONS",
                "DELETE   | /                     | GET, HEAD, OPTIONS",
                "PUT      | /api/v1/session       | DELETE, GET, HEAD, OPTIONS, POST",
                "PATCH    | /api/v1/indicators/LQ45/sessions | GET, HEAD, OPTIONS",
                "PROPFIND | /api/v1/rules         | GET, HEAD, OPTIONS, POST",
                "TRACE    | /favicon.svg          | GET, HEAD, OPTIONS",
            })
    void answersWithTheSupportedMethods(String method, String path, String supported) {
        send(method, path)
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .header("Allow", supported)
                .body("title", equalTo("Method Not Allowed"))
                .body("detail", containsString("is not supported at this address, only " + supported + "."));
    }

    @Test
    void everyRouteNamesItsMethods() throws IOException {
        Map<String, Set<String>> supported = new LinkedHashMap<>();
        for (Route route : Route.all()) {
            if (!route.who().equals("none")) {
                String path = new Route("GET", route.template(), route.who()).path();
                supported.computeIfAbsent(path, first -> new TreeSet<>()).add(route.method());
            }
        }
        SoftAssertions all = new SoftAssertions();
        supported.forEach((path, methods) -> METHODS.stream()
                .filter(method -> !methods.contains(method))
                .forEach(method -> {
                    Response answer = send(method, path);
                    if (isOfRest(path) || answer.statusCode() == 405) {
                        all.assertThat(answer.statusCode() + " " + allowed(answer))
                                .as("%s %s", method, path)
                                .isEqualTo("405 " + methods);
                    }
                }));
        all.assertAll();
    }

    /** Other routes may answer 404: files, those of Quarkus, and OpenID Connect, which is not set up here. */
    private static boolean isOfRest(String path) {
        return !path.matches("/[\\w-]+\\.(png|svg|js)|/q/.*|/sign-in/openid");
    }

    private static Set<String> allowed(Response answer) {
        String header = answer.header("Allow");
        Set<String> methods = new TreeSet<>(Arrays.asList(header == null ? new String[0] : header.split(", ")));
        methods.removeAll(Set.of("HEAD", "OPTIONS"));
        return methods;
    }

    @Test
    void longPathsAreRefused() {
        for (String path : List.of("/" + "a".repeat(1500), "/api/v1/indicators/" + "A".repeat(1500) + "/history")) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(414).contentType("application/problem+json");
        }
    }
}
