package id.detak.series.history;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a comparison. */
public class ComparisonParameters {

    @Parameter(
            required = true,
            description = "Codes in their URL form, separated by commas; at most 20",
            example = "LQ45,EMAS")
    @QueryParam("codes")
    String codes;

    @Parameter(
            description = "Date, instant with offset, or duration back from now; default: from the beginning",
            example = "P1Y")
    @QueryParam("from")
    String from;

    @Parameter(description = "Like from; a date includes that day")
    @QueryParam("to")
    String to;

    @Parameter(
            description =
                    "1d, 1w, 1mo, 1q or 1y; or several, separated by commas: the finest that fits maxPoints is used; auto means all")
    @QueryParam("interval")
    String interval;

    @Parameter(description = "1 to 100,000; default 1000")
    @QueryParam("maxPoints")
    String maxPoints;
}
