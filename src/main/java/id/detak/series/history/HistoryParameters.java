package id.detak.series.history;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of a history. */
public class HistoryParameters {

    @Parameter(description = "Code without slash and with a hyphen for each space", example = "LQ45")
    @PathParam("code")
    String code;

    @Parameter(
            description = "Date, instant with offset, or duration back from now; default: from the beginning",
            example = "P1Y")
    @QueryParam("from")
    String from;

    @Parameter(description = "Like from; a date includes that day", example = "2026-11-25")
    @QueryParam("to")
    String to;

    @Parameter(
            description =
                    "raw, 5m, 15m, 30m, 1h, 2h, 4h, 12h, 1d, 1w, 1mo, 1q or 1y; or several, separated by commas: the finest that fits maxPoints is used; auto means all")
    @QueryParam("interval")
    String interval;

    @Parameter(description = "value, changePercent or returnIndex (funds)")
    @QueryParam("measure")
    String measure;

    @Parameter(description = "1 to 100,000; default 1000")
    @QueryParam("maxPoints")
    String maxPoints;

    @Parameter(
            description =
                    "Returns a plain series of changes: change, percentChange, percentChangeFromYearAgo or log (FRED's chg, pch, pc1, log)")
    @QueryParam("transform")
    String transform;

    @Parameter(
            description =
                    "Returns a plain series with one number for each bar: first, last, average, minimum or maximum; the average of a week or month counts each trading day once")
    @QueryParam("aggregate")
    String aggregate;
}
