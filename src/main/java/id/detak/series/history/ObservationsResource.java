package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Parameters;
import id.detak.series.SeriesVersions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/indicators/{code}/observations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class ObservationsResource {

    private final Indicators indicators;
    private final ObservationList observations;
    private final SeriesVersions versions;

    ObservationsResource(Indicators indicators, ObservationList observations, SeriesVersions versions) {
        this.indicators = indicators;
        this.observations = observations;
        this.versions = versions;
    }

    @Schema(name = "Observations")
    public record Answer(
            String code,
            List<ObservationList.Item> items,

            @Schema(description = "before that day only bars are kept; absent if nothing was deleted")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            LocalDate prunedBefore) {}

    @GET
    @Operation(
            summary = "Observations, the newest first, with their captures",
            description =
                    "Includes suspect observations and implied closes. For the next page, set to to the observedAt of the last one.")
    @APIResponse(
            responseCode = "200",
            description = "The newest first",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "400", description = "A parameter is invalid, or from is after to")
    public Answer observations(
            @PathParam("code") String code,
            @Parameter(
                            description =
                                    "Date (that trading day), instant with offset, or duration back from now; default: from the beginning")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "Like from; a date includes the whole trading day") @QueryParam("to") String to,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        Indicator indicator = indicators.get(code);
        return new Answer(
                indicator.code(),
                observations.of(indicator, from, to, Parameters.limit(limit)),
                versions.prunedBefore(indicator.id()).orElse(null));
    }
}
