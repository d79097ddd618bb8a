package id.detak.page.sources;

import id.detak.access.Roles;
import id.detak.capture.FetchOutcome;
import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.SourceStates;
import id.detak.capture.SourceStates.State;
import id.detak.page.shared.Formats;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of sources, with a button that polls one. */
@RolesAllowed(Roles.READER)
@Path("/sources")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class SourcesPage {

    private final PageRenderer pages;
    private final SourceStates states;

    SourcesPage(PageRenderer pages, SourceStates states) {
        this.pages = pages;
        this.states = states;
    }

    /**
     * @param encoded the name in URLs
     * @param attempt the last one
     * @param success the time of the last successful attempt, or null
     * @param problem its problem, or null
     */
    record Row(String name, String encoded, String url, Attempt attempt, String success, String next, Kind problem) {}

    /**
     * The last attempt; all fields are null before the first one.
     *
     * @param at its time, by which the script notices the next attempt
     */
    record Attempt(
            OffsetDateTime at, String time, FetchOutcome outcome, boolean good, Integer httpStatus, String reason) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance sources(PageFrame frame, List<Row> rows);
    }

    @GET
    @Operation(hidden = true)
    public Response sources(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        List<Row> rows = states.all().stream()
                .map(state -> row(visitor.formats(), state))
                .toList();
        return pages.html(Templates.sources(pages.frame("sources", visitor), rows), visitor, 200);
    }

    private static Row row(Formats formats, State state) {
        return new Row(
                state.source(),
                URLEncoder.encode(state.source(), StandardCharsets.UTF_8).replace("+", "%20"),
                state.url(),
                new Attempt(
                        state.observedAt(),
                        time(formats, state.observedAt()),
                        state.outcome(),
                        state.isGood(),
                        state.httpStatus(),
                        formats.sentence(state.reason())),
                time(formats, state.lastGoodAt()),
                time(formats, state.nextPollAt()),
                state.trouble() == null ? null : state.trouble().kind());
    }

    private static String time(Formats formats, OffsetDateTime time) {
        return time == null ? null : formats.time(time.toInstant());
    }
}
