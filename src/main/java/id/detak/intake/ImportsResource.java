package id.detak.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.platform.Parameters;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.series.DayRange;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.FileImport;
import id.detak.series.csv.FileImports;
import id.detak.series.csv.ImportRequest;
import id.detak.series.csv.ImportResult;
import id.detak.series.table.TableOptions;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Imports of tables: the same as the command {@code import}. */
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
@RolesAllowed(Roles.READER)
@Blocking
public class ImportsResource {

    private static final int MAX_NAME = 200;
    private static final int MAX_COMPLAINTS = 100;
    private static final long MAX_INFLATED = 256L * 1024 * 1024;

    private final CsvImport csvImport;
    private final FileImports imports;
    private final ImportUndo undo;
    private final SecurityIdentity identity;

    ImportsResource(CsvImport csvImport, FileImports imports, ImportUndo undo, SecurityIdentity identity) {
        this.csvImport = csvImport;
        this.imports = imports;
        this.undo = undo;
        this.identity = identity;
    }

    /**
     * An import.
     *
     * @param file its name
     * @param profile the kind of file
     * @param by who imported it
     * @param finishedAt null while it runs, or if it was stopped before its end
     * @param created new observations
     * @param same rows that were stored already
     * @param conflicting rows that differ from a stored number, which counts
     * @param refused rows that could not be read
     * @param complaints the first 100, each with its line
     * @param undoneAt null unless it was undone
     */
    @Schema(name = "Import")
    public record Item(
            int id,
            String file,
            String profile,
            String by,
            OffsetDateTime startedAt,
            @Schema(nullable = true) OffsetDateTime finishedAt,
            long created,
            long same,
            long conflicting,
            long refused,
            List<String> complaints,
            @Schema(nullable = true) OffsetDateTime undoneAt,
            @Schema(nullable = true) String undoneBy) {

        static Item of(FileImport of) {
            return new Item(
                    of.id(),
                    of.file(),
                    of.profile(),
                    of.actor(),
                    Wib.local(of.startedAt()),
                    Wib.local(of.finishedAt()),
                    of.counts().created(),
                    of.counts().same(),
                    of.counts().conflicting(),
                    of.counts().refused(),
                    of.complaints(),
                    Wib.local(of.undoneAt()),
                    of.undoneBy());
        }
    }

    @Schema(name = "ImportList")
    public record Items(List<Item> items) {}

    /**
     * What an import stored, or would store.
     *
     * @param id absent for a dry run
     * @param notes what was understood, for the user to check
     * @param doubtful of a dry run: rows that would be suspect
     * @param newCodes of a dry run: codes that would become indicators
     * @param first of a dry run: the first rows as understood
     */
    @Schema(name = "ImportResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            Integer id,
            String file,
            String profile,
            long created,
            long same,
            long conflicting,
            long refused,
            List<String> notes,
            List<String> complaints,
            Long doubtful,
            List<String> newCodes,
            List<Row> first) {}

    /** A row as understood. */
    @Schema(name = "ImportedRow")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            long line,
            String code,
            OffsetDateTime observedAt,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            String quality) {

        static Row of(ImportResult.FirstRow row) {
            DayRange range = row.range() == null ? new DayRange(null, null, null) : row.range();
            return new Row(
                    row.line(),
                    row.code(),
                    Wib.local(row.observedAt()),
                    row.value(),
                    row.change(),
                    row.changePercent(),
                    range.open(),
                    range.high(),
                    range.low(),
                    row.quality().word());
        }
    }

    @GET
    @Operation(summary = "List the imports of tables, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "The imports",
            content = @Content(schema = @Schema(implementation = Items.class)))
    @APIResponse(responseCode = "400", description = "limit or before is invalid")
    public Items list(
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") String limit,
            @Parameter(description = "for the next page, the last id") @QueryParam("before") String before) {
        int id = before == null ? Integer.MAX_VALUE : Parameters.wholeNumber("before", before, Integer.MAX_VALUE);
        return new Items(imports.before(id, Parameters.limit(limit)).stream()
                .map(Item::of)
                .toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One import, with its first complaints")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(schema = @Schema(implementation = Item.class)))
    public Item get(@Parameter(example = "12") @PathParam("id") String id) {
        return Item.of(imports.get(number(id)));
    }

    /** An id that is no number is that of no import. */
    private static int number(String id) {
        return id.matches("\\d{1,9}") ? Integer.parseInt(id) : 0;
    }

    @POST
    @Audited("import.file")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import a table (CSV or xlsx, plain or gzip)",
            description =
                    "The parameters are the options of the command import. Nothing is guessed: what the file leaves open is answered with 400 and the parameter to add.")
    @SecurityRequirement(name = "admin")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "201",
            description = "The rows were stored",
            content = @Content(schema = @Schema(implementation = Result.class)))
    @APIResponse(
            responseCode = "200",
            description = "A dry run: what would be stored",
            content = @Content(schema = @Schema(implementation = Result.class)))
    @APIResponse(
            responseCode = "400",
            description = "No body, no table, or the file leaves open how to read it; nothing was stored")
    @APIResponse(responseCode = "413", description = "More than 16 MB")
    public Response post(
            @Parameter(description = "name of the file", example = "lq45.csv")
                    @QueryParam("file")
                    @DefaultValue("request.csv")
                    String file,
            @Parameter(example = "LQ45") @QueryParam("code") String code,
            @Parameter(example = "date=Tanggal,value=Terakhir") @QueryParam("columns") String columns,
            @Parameter(description = "dmy, mdy or ymd") @QueryParam("dates") String dates,
            @Parameter(description = "a dot or a comma") @QueryParam("decimal") String decimal,
            @Parameter(example = "yahoo") @QueryParam("profile") String profile,
            @Parameter(example = "Asia/Jakarta") @QueryParam("zone") String zone,
            @Parameter(description = "true: store nothing") @QueryParam("dryRun") @DefaultValue("false") String dryRun,
            byte[] body)
            throws IOException {
        if (body == null || body.length == 0) {
            throw RejectedException.invalid("The body is empty: send the table.");
        }
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            throw RejectedException.invalid("dryRun must be true or false.");
        }
        if (file.isBlank() || file.length() > MAX_NAME || file.chars().anyMatch(Character::isISOControl)) {
            throw RejectedException.invalid("file must be a name of at most " + MAX_NAME + " characters.");
        }
        TableOptions options = TableOptions.of(code, columns, dates, decimal, profile, zone, false);
        List<String> complaints = new ArrayList<>();
        ImportResult result = run(
                new ImportRequest(
                        file, inflated(body), options, identity.getPrincipal().getName(), dryRun.equals("true")),
                complaints);
        Result answer = answer(file, result, complaints);
        return result.id() == null
                ? Response.ok(answer).build()
                : Response.created(URI.create("/api/v1/imports/" + result.id()))
                        .entity(answer)
                        .build();
    }

    private ImportResult run(ImportRequest request, List<String> complaints) {
        try {
            return csvImport.run(request, (line, reason) -> {
                if (complaints.size() < MAX_COMPLAINTS) {
                    complaints.add(line + ": " + reason);
                }
            });
        } catch (IOException e) {
            throw RejectedException.invalid(
                    request.name() + " cannot be read to its end: " + e.getMessage() + ". The rows before are stored.");
        }
    }

    private static Result answer(String file, ImportResult result, List<String> complaints) {
        boolean dry = result.id() == null;
        return new Result(
                result.id(),
                file,
                result.profile(),
                result.counts().created(),
                result.counts().same(),
                result.counts().conflicting(),
                result.counts().refused(),
                result.notes(),
                complaints,
                dry ? result.doubtful() : null,
                dry ? result.newCodes() : null,
                dry ? result.first().stream().map(Row::of).toList() : null);
    }

    private static InputStream inflated(byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        if (body.length < 2 || body[0] != 0x1f || body[1] != (byte) 0x8b) {
            return in;
        }
        try {
            return new AtMost(new GZIPInputStream(in), MAX_INFLATED);
        } catch (IOException e) {
            throw RejectedException.invalid("The body begins like gzip, but cannot be inflated.");
        }
    }

    @DELETE
    @RolesAllowed(Roles.ADMIN)
    @Path("/{id}")
    @Operation(
            summary = "Undo an import",
            description =
                    "Deletes the observations that it stored, its conflicts, and those of its numbers that were voided. Bars and alerts follow. The import stays in the list.")
    @SecurityRequirement(name = "admin")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(schema = @Schema(implementation = Item.class)))
    @APIResponse(responseCode = "409", description = "It was undone before")
    public Item delete(@Parameter(example = "12") @PathParam("id") String id) {
        return Item.of(undo.undo(number(id), identity.getPrincipal().getName()).fileImport());
    }
}
