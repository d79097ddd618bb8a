package id.detak.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds problem responses that many operations share to the OpenAPI document. A resource documents only its own. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        APIResponses responses = operation.getResponses();
        boolean hasParameters = operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(p -> p.getIn() != In.PATH);
        if (hasParameters || operation.getRequestBody() != null) {
            add(responses, "400", "A parameter or the body is invalid");
        }
        if (operation.getSecurity() != null) {
            add(responses, "401", "The admin token, or a session of the admin, is missing");
            add(responses, "403", "The credential may only read, or the session's CSRF token is missing");
        } else {
            add(responses, "401", "The token is wrong, or reading is closed and a token or session is missing");
        }
        if (path.contains("{")) {
            add(responses, "404", "There is nothing with this id or code");
        }
        add(responses, "429", "Too many requests; Retry-After says when to try again");
        add(responses, "503", "The database is unavailable; Retry-After says when to try again");
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0 && response.getContent() == null) {
                response.setContent(problem());
            }
        });
    }

    private static void add(APIResponses responses, String status, String description) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }

    /** The schema is that of resteasy-problem. */
    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        HttpProblem.MEDIA_TYPE.toString(),
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("HttpProblem")));
    }
}
