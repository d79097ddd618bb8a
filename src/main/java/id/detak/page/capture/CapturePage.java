package id.detak.page.capture;

import id.detak.access.Roles;
import id.detak.capture.Capture;
import id.detak.capture.Captures;
import id.detak.indicator.Indicators;
import id.detak.page.shared.Formats;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.SupersededNote;
import id.detak.page.shared.Visitor;
import id.detak.platform.Parameters;
import id.detak.series.Observations;
import id.detak.series.history.ObservationList;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of one capture: its text, its numbers that were superseded, and its conflicts. */
@RolesAllowed(Roles.READER)
@Path("/captures/{id}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CapturePage {

    private final PageRenderer pages;
    private final Captures captures;
    private final Observations observations;
    private final ObservationList observationList;
    private final Indicators indicators;

    CapturePage(
            PageRenderer pages,
            Captures captures,
            Observations observations,
            ObservationList observationList,
            Indicators indicators) {
        this.pages = pages;
        this.captures = captures;
        this.observations = observations;
        this.observationList = observationList;
        this.indicators = indicators;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance capture(
                PageFrame frame,
                Capture capture,
                String observedAt,
                String serverDate,
                String reason,
                List<SupersededRow> superseded,
                List<Observations.Conflict> conflicts);
    }

    /** A number from the capture that was superseded later. */
    record SupersededRow(String code, String numbers, SupersededNote note) {}

    @GET
    @Transactional
    @Operation(hidden = true)
    public Response page(@PathParam("id") String id, @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        Formats formats = visitor.formats();
        Capture capture = Parameters.id(id).flatMap(captures::findByIdOptional).orElse(null);
        String observedAt = capture == null ? null : formats.time(capture.observedAt());
        String serverDate = capture == null || capture.serverDate() == null ? null : formats.time(capture.serverDate());
        List<SupersededRow> superseded = capture == null
                ? List.of()
                : observationList.superseded(capture.id(), capture.observedAt()).stream()
                        .map(old -> new SupersededRow(
                                old.code(),
                                numbers(formats, old.code(), old.observation()),
                                SupersededNote.of(visitor, old.observation().superseded())))
                        .toList();
        List<Observations.Conflict> conflicts = capture == null ? List.of() : observations.conflictsOf(capture.id());
        return pages.html(
                Templates.capture(
                        pages.frame("", visitor),
                        capture,
                        observedAt,
                        serverDate,
                        capture == null ? null : formats.sentence(capture.reason()),
                        superseded,
                        conflicts),
                visitor,
                capture == null ? 404 : 200);
    }

    private String numbers(Formats formats, String code, ObservationList.Item old) {
        return formats.measured(old.value(), old.changePercent(), indicators.get(code));
    }
}
