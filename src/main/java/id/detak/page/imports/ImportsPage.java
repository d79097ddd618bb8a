package id.detak.page.imports;

import id.detak.access.Roles;
import id.detak.page.shared.Formats;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import id.detak.platform.Parameters;
import id.detak.series.RecordCounts;
import id.detak.series.csv.FileImport;
import id.detak.series.csv.FileImports;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The imports, newest first, with a button that takes one back. */
@RolesAllowed(Roles.READER)
@Path("/imports")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ImportsPage {

    private static final int PAGE_SIZE = 50;

    private final PageRenderer pages;
    private final FileImports imports;

    ImportsPage(PageRenderer pages, FileImports imports) {
        this.pages = pages;
        this.imports = imports;
    }

    /**
     * @param finished whether it came to its end
     * @param undone when it was undone, or null
     * @param undoneBy who undid it, or null
     */
    record Row(
            int id,
            String file,
            String profile,
            String actor,
            String started,
            boolean finished,
            RecordCounts counts,
            List<String> complaints,
            String undone,
            String undoneBy) {}

    /** @param older the id before which the next page begins; null on the last page */
    record View(List<Row> rows, Integer older) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance imports(PageFrame frame, View view);
    }

    @GET
    @Operation(hidden = true)
    public Response imports(@QueryParam("before") String before, @Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        int first = before == null ? Integer.MAX_VALUE : Parameters.wholeNumber("before", before, Integer.MAX_VALUE);
        List<FileImport> found = imports.before(first, PAGE_SIZE);
        View view = new View(
                found.stream().map(row -> row(visitor.formats(), row)).toList(),
                found.size() < PAGE_SIZE ? null : found.get(PAGE_SIZE - 1).id());
        return pages.html(Templates.imports(pages.frame("imports", visitor), view), visitor, 200);
    }

    private static Row row(Formats formats, FileImport of) {
        return new Row(
                of.id(),
                of.file(),
                of.profile(),
                of.actor(),
                formats.time(of.startedAt()),
                of.finishedAt() != null,
                of.counts(),
                of.complaints(),
                of.undoneAt() == null ? null : formats.time(of.undoneAt()),
                of.undoneBy());
    }
}
