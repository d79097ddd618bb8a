package id.detak.intake;

import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.IndicatorEditor.Change;
import id.detak.platform.Parameters;
import id.detak.platform.RejectedException;
import id.detak.series.IndicatorViews;
import id.detak.series.OtherSources;
import id.detak.series.SeriesTransfer.Moved;
import id.detak.series.history.TimeRange;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/indicators/{code}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
@Blocking
public class IndicatorResource {

    private final Indicators indicators;
    private final IndicatorViews views;
    private final IndicatorEditor editor;
    private final OtherSources otherSources;
    private final SecurityIdentity identity;
    private final Clock clock;

    IndicatorResource(
            Indicators indicators,
            IndicatorViews views,
            IndicatorEditor editor,
            OtherSources otherSources,
            SecurityIdentity identity,
            Clock clock) {
        this.indicators = indicators;
        this.views = views;
        this.editor = editor;
        this.otherSources = otherSources;
        this.identity = identity;
        this.clock = clock;
    }

    /** @param code the former code stays as a label */
    @Schema(name = "IndicatorChange")
    public record NewValues(
            @Size(min = 1, max = 40, message = "code has 1 to 40 characters.")
            String code,

            @Valid NewName name,
            Boolean hidden) {

        boolean isEmpty() {
            return code == null && hidden == null && (name == null || name.id == null && name.en == null);
        }
    }

    @Schema(name = "IndicatorNewName")
    public record NewName(
            @Size(min = 1, max = 120) @Pattern(regexp = ONE_LINE, message = LINE)
            String id,

            @Size(min = 1, max = 120) @Pattern(regexp = ONE_LINE, message = LINE)
            String en) {

        private static final String ONE_LINE = "[^\\p{Cntrl}\\u2028\\u2029]*\\S[^\\p{Cntrl}\\u2028\\u2029]*";
        private static final String LINE = "a name is one line";
    }

    /** @param into the code of the indicator that stays */
    @Schema(name = "IndicatorMerge")
    public record Target(
            @NotBlank(message = "into is the code of the indicator that stays.")
            String into) {}

    @Schema(name = "MergedIndicator")
    public record Merged(IndicatorViews.Item indicator, long moved, long same, long conflicting) {}

    @Schema(name = "OtherSourceObservations")
    public record Others(String code, String lead, List<OtherSources.Item> items) {}

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(summary = "An indicator with its other labels and its latest quote")
    @APIResponse(responseCode = "200", description = "The indicator; code may be any of its labels")
    public IndicatorViews.Item get(@PathParam("code") String code) {
        return views.get(code);
    }

    @PATCH
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Rename, hide or show an indicator",
            description =
                    "Absent fields stay as they are. The former code stays as a label, and rules that name it name the new one. A hidden indicator is in no list; its series and its rules continue.")
    @APIResponse(responseCode = "200", description = "The indicator after the change")
    @APIResponse(responseCode = "400", description = "Nothing to change, or an invalid code or name")
    @APIResponse(responseCode = "409", description = "The code belongs to another indicator")
    public IndicatorViews.Item change(
            @PathParam("code") String code,
            @NotNull(message = "The body is empty: send a JSON object.") @Valid NewValues values) {
        if (values.isEmpty()) {
            throw RejectedException.invalid("Nothing to change: set code, name or hidden.");
        }
        NewName name = values.name == null ? new NewName(null, null) : values.name;
        return views.get(editor.change(code, new Change(values.code, name.id, name.en, values.hidden), admin()));
    }

    @POST
    @Path("/merge")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Merge an indicator into another one",
            description =
                    "Observations, voids, conflicts, alerts and the states of rules move; bars are calculated again. If both have a number for an instant, the target's is used and the other is stored as a conflict. The code and its labels become labels of the target. It cannot be undone.")
    @APIResponse(responseCode = "200", description = "The target, and the number of observations that were moved")
    @APIResponse(responseCode = "400", description = "into is missing")
    @APIResponse(responseCode = "409", description = "The same indicator, or a level cannot move into a fund")
    public Merged merge(
            @PathParam("code") String code,
            @NotNull(message = "The body is empty: send a JSON object.") @Valid Target target) {
        Moved moved = editor.merge(code, target.into, admin());
        return new Merged(views.get(target.into), moved.moved(), moved.same(), moved.conflicting());
    }

    @DELETE
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Delete an indicator with its data",
            description =
                    "Observations, bars and alerts are deleted; captures stay. Its labels do not become an indicator again until POST /api/v1/labels confirms one. It cannot be undone.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "409", description = "A rule names it")
    public void delete(@PathParam("code") String code) {
        editor.delete(code, admin());
    }

    @GET
    @Path("/other-sources")
    @RolesAllowed(Roles.READER)
    @Operation(
            summary = "What sources show that do not lead, the newest first",
            description =
                    "These numbers are in no series, bar or rule. differs says whether rounding and lag (DETAK_SOURCE_LAG) leave a difference.")
    @APIResponse(responseCode = "200", description = "The newest first")
    @APIResponse(responseCode = "400", description = "A parameter is invalid, or from is after to")
    public Others otherSources(
            @PathParam("code") String code,
            @Parameter(description = "Date, instant with offset, or duration back from now") @QueryParam("from")
                    String from,
            @Parameter(description = "The same; a date includes that day") @QueryParam("to") String to,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit) {
        Indicator indicator = indicators.get(code);
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        return new Others(
                indicator.code(),
                indicator.source(),
                otherSources.of(indicator, range.lowerBound(), range.upperBound(), Parameters.limit(limit)));
    }

    private String admin() {
        return identity.getPrincipal().getName();
    }
}
