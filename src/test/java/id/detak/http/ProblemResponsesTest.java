package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The OpenAPI document names the problems of every operation. */
@QuarkusTest
class ProblemResponsesTest {

    private static final String PROBLEM = "{schema={$ref=#/components/schemas/HttpProblem}}";

    @Test
    void everyOperationDocumentsItsProblems() {
        JsonPath document = given().get("/q/openapi?format=json").jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
        paths.forEach((path, item) -> item.forEach((method, operation) -> {
            if (!(operation.get("responses") instanceof Map<?, ?> found)) {
                return;
            }
            Map<String, Map<String, Map<String, Object>>> responses = new TreeMap<>();
            found.forEach((status, response) -> responses.put((String) status, cast(response)));
            boolean isWrite = operation.containsKey("security");
            String where = method + " " + path;
            assertThat(responses.keySet()).as(where).contains("401", "429", "503");
            assertThat(responses.containsKey("403") || !isWrite).as(where).isTrue();
            assertThat(responses.containsKey("404"))
                    .as(where)
                    .isEqualTo(path.contains("{") || responses.containsKey("404"));
            responses.forEach((status, response) -> {
                if (status.compareTo("400") >= 0) {
                    assertThat(response).as(where + " " + status).containsKey("content");
                    assertThat(response.get("content").get("application/problem+json"))
                            .as(where + " " + status)
                            .hasToString(PROBLEM);
                }
            });
        }));
        assertThat(document.getMap("components.schemas.HttpProblem.properties"))
                .containsKeys("status", "title", "detail", "instance");
        assertThat(document.getMap("components.schemas.Alert.properties"))
                .containsKeys("firedAt", "value", "worstValue", "resolvedCause");
        assertThat(document.getList("components.schemas.NewReadToken.required")).containsExactly("name");
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
