package id.detak.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Requests every route with every kind of credential and every way to write its path, and compares the answers with
 * {@code access/routes.txt}. The routes are those of the classes, of OpenAPI and the files of the web root. A route
 * without a line fails the test.
 */
public final class AccessTable {

    private static final java.nio.file.Path FILES = java.nio.file.Path.of("src/main/resources/web/public");
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final Pattern METHOD = Pattern.compile("jakarta\\.ws\\.rs\\.[A-Z]+");
    private static final String FOREIGN = "Origin: https://evil.example\r\n";
    private static final Map<String, UnaryOperator<String>> TWO_WAYS = Map.of(
            ";x",
            path -> path + ";x",
            ";x before",
            path -> "/;x" + path,
            "%3B",
            path -> path + "%3B",
            "%2F",
            path -> lastSlash(path, "%2F"),
            "%5C",
            path -> lastSlash(path, "%5C"),
            "//",
            path -> lastSlash(path, "//"),
            "/./",
            path -> lastSlash(path, "/./"),
            "%2e",
            path -> lastSlash(path, "/%2e/"),
            "..",
            path -> "/sw.js/.." + path,
            "\\",
            path -> lastSlash(path, "\\"));

    private final RawHttp http;
    private final URI site;
    private final boolean open;
    private final String admin;
    private final String reader;
    private final String revoked;

    /** @param headers of the request @param passes whether the request is accepted */
    private record Try(String by, String headers, boolean passes) {}

    private record Session(String cookie, String csrf) {}

    public AccessTable(URI site, boolean open, String adminToken) {
        this.site = site;
        this.http = new RawHttp(site);
        this.open = open;
        this.admin = bearer(adminToken);
        this.reader = bearer(readToken().path("token"));
        Response ended = readToken();
        admin().delete("/api/v1/read-tokens/" + ended.path("id")).then().statusCode(204);
        this.revoked = bearer(ended.path("token"));
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private RequestSpecification admin() {
        return RestAssured.given()
                .baseUri(site.toString())
                .header("Authorization", admin.substring(admin.indexOf(' ') + 1).strip());
    }

    private Response readToken() {
        return admin().contentType("application/json")
                .body("{\"name\":\"access table\"}")
                .post("/api/v1/read-tokens")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    private Session session() {
        Response answer = RestAssured.given()
                .baseUri(site.toString())
                .contentType("application/json")
                .body(Map.of(
                        "token", admin.substring(admin.lastIndexOf(' ') + 1).strip()))
                .post("/api/v1/session")
                .then()
                .statusCode(200)
                .extract()
                .response();
        return new Session(
                "Cookie: detak-session=" + answer.cookie("detak-session") + "\r\n",
                "X-CSRF-Token: " + answer.path("csrfToken") + "\r\n");
    }

    public void verify() throws IOException {
        List<Route> routes = Route.all();
        assertThat(known())
                .as("each route needs a line in " + Route.TABLE)
                .isSubsetOf(routes.stream()
                        .map(route -> route.method() + " " + route.template())
                        .collect(Collectors.toSet()));
        Session session = session();
        SoftAssertions all = new SoftAssertions();
        for (Route route : routes) {
            verifyWhoMay(route, route.endsASession() ? session() : session, all);
            verifyPaths(route, all);
        }
        all.assertAll();
    }

    private void verifyWhoMay(Route route, Session session, SoftAssertions all) throws IOException {
        List<Try> tries = new ArrayList<>();
        // twice: a cached response for one credential must not reach another
        for (int i = 0; i < (route.endsASession() ? 1 : 2); i++) {
            tries.addAll(tries(route, session));
        }
        List<String> requests = tries.stream()
                .map(one -> http.request(route.method(), route.path(), one.headers))
                .toList();
        List<Integer> statuses = route.hasAnEnd() ? http.statuses(requests) : alone(requests);
        for (int i = 0; i < requests.size(); i++) {
            Try one = tries.get(i);
            int status = statuses.get(i);
            String what = route.method() + " " + route.path() + " by " + one.by + ": " + status;
            if (one.passes) {
                all.assertThat(status)
                        .as(what)
                        .isNotIn(route.challenges() ? Set.of(403) : REFUSED)
                        .isLessThan(500);
                all.assertThat(status == 404)
                        .as(what)
                        .isEqualTo(status == 404
                                && (route.who().equals("none")
                                        || route.template().contains("{")
                                        || route.template().equals("/sign-in/openid")));
            } else {
                all.assertThat(status)
                        .as(what)
                        .isIn(
                                route.template().equals("/sign-in/openid")
                                        ? Set.of(401, 302, 404)
                                        : REFUSED); // only an OpenID provider can sign in there
            }
        }
    }

    private List<Integer> alone(List<String> requests) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (String request : requests) {
            statuses.add(http.statusAlone(request));
        }
        return statuses;
    }

    private List<Try> tries(Route route, Session session) {
        boolean everybody = route.who().equals("everybody");
        boolean byReader = everybody || !route.who().equals("admin");
        boolean nobody = everybody || byReader && open && !route.who().equals("session");
        boolean sessionAlone = route.reads() || everybody;
        boolean fromElsewhere = route.reads() && !route.who().equals("stream");
        return List.of(
                new Try("the admin's token", admin, true),
                new Try("nobody", "", nobody),
                new Try("a wrong token", bearer("detak_read_wrong"), false),
                new Try("a revoked token", revoked, false),
                new Try("a reader's token", reader, byReader),
                new Try("a session without CSRF token", session.cookie, sessionAlone),
                new Try("a session with a wrong CSRF token", session.cookie + "X-CSRF-Token: x\r\n", sessionAlone),
                new Try("a made-up session", "Cookie: detak-session=made-up\r\nX-CSRF-Token: x\r\n", nobody),
                new Try("the admin's token from another site", admin + FOREIGN, fromElsewhere),
                new Try("a session from another site", session.cookie + session.csrf + FOREIGN, fromElsewhere),
                new Try(
                        "a session by another name of ours",
                        (session.cookie + session.csrf) + "Sec-Fetch-Site: cross-site\r\n",
                        fromElsewhere),
                new Try("a session", session.cookie + session.csrf, true));
    }

    private void verifyPaths(Route route, SoftAssertions all) throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        TWO_WAYS.forEach((trick, path) -> {
            requests.put(trick + " by nobody", http.request(route.method(), path.apply(route.path()), ""));
            requests.put(trick + " by the admin", http.request(route.method(), path.apply(route.path()), admin));
        });
        List<Integer> statuses = http.statuses(List.copyOf(requests.values()));
        all.assertThat(statuses)
                .as("%s %s written %s", route.method(), route.path(), requests.keySet())
                .containsOnly(400);
        String slash = http.request(route.method(), route.path() + (route.path().endsWith("/") ? "" : "/"), "");
        boolean nobody = tries(route, new Session("", "")).get(1).passes;
        if (!nobody) {
            all.assertThat(http.statusAlone(slash)).as(slash).isIn(401, 403, 404, 405);
        }
    }

    private static String lastSlash(String path, String instead) {
        int last = path.lastIndexOf('/');
        return last == 0
                ? "/" + instead + path.substring(1)
                : path.substring(0, last) + instead + path.substring(last + 1);
    }

    private Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(ofClasses());
        Map<String, Map<String, Object>> documented =
                admin().queryParam("format", "json").get("/q/openapi").path("paths");
        documented.forEach((path, methods) -> methods.keySet().stream()
                .filter(word -> word.matches("get|put|post|delete|patch|head|options"))
                .forEach(method -> known.add(method.toUpperCase() + " " + path)));
        try (Stream<java.nio.file.Path> files = Files.list(FILES)) {
            files.forEach(file -> known.add("GET /" + file.getFileName()));
        }
        return known;
    }

    private static Set<String> ofClasses() {
        Set<String> routes = new TreeSet<>();
        for (JavaClass type : ArchConfiguration.withThreadLocalScope(AccessTable::classes)) {
            for (JavaMethod method : type.getMethods()) {
                method.getAnnotations().stream()
                        .filter(annotation -> METHOD.matcher(
                                        annotation.getRawType().getName())
                                .matches())
                        .forEach(
                                annotation -> routes.add(annotation.getRawType().getSimpleName() + " "
                                        + path(type.isAnnotatedWith(Path.class)
                                                        ? type.getAnnotationOfType(Path.class)
                                                                .value()
                                                        : "")
                                                .concat(
                                                        method.isAnnotatedWith(Path.class)
                                                                ? path(method.getAnnotationOfType(Path.class)
                                                                        .value())
                                                                : "")
                                                .replaceFirst("^$", "/")
                                                .replaceAll(":[^}]+}", "}")));
            }
        }
        assertThat(routes).hasSizeGreaterThan(40);
        return routes;
    }

    /** Does not load the classes they depend on, which a test's class loader does slowly. */
    private static JavaClasses classes(ArchConfiguration configuration) {
        configuration.setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath("target/classes/id/detak");
    }

    /** The path with a leading slash and no trailing one. */
    private static String path(String annotated) {
        String plain = annotated.replaceAll("^/|/$", "");
        return plain.isEmpty() ? "" : "/" + plain;
    }
}
