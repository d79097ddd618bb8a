package id.detak.series.history;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** As they stand in the address. */
public class ComparisonParameters {

    @Parameter(required = true, description = "Codes as they stand in addresses, separated by commas; at most 20", example = "LQ45,EMAS")
    @QueryParam("codes")
    String codes;

    @Parameter(description = "Date, instant with offset, or duration back from now; without it from the beginning", example = "P1Y")
    @QueryParam("from")
    String from;

    @Parameter(description = "The same; a date includes that day")
    @QueryParam("to")
    String to;

    @Parameter(description = "1d, 1w or 1mo; or several with commas between, of which the finest that fits maxPoints is taken; auto is all of them")
    @QueryParam("interval")
    String interval;

    @Parameter(description = "1 to 100,000; 1000 without it")
    @QueryParam("maxPoints")
    String maxPoints;
}
