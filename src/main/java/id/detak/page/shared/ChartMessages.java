package id.detak.page.shared;

import id.detak.series.SupersededObservation.Cause;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of cards and chart in English; {@code messages/chart_id.properties} has them in Indonesian. */
@MessageBundle("chart")
public interface ChartMessages {

    @Message("Course of the trading day")
    String sparkDay();

    @Message("The last 60 days")
    String sparkDays();

    @Message("open at all hours")
    String openAlways();

    @Message("open until {when}")
    String openUntil(String when);

    @Message("closed, opens {when}")
    String closedUntil(String when);

    @Message("from a file")
    String ofFile();

    @Message("answers")
    String sourceGood();

    @Message("does not answer")
    String sourceBad();

    @Message("Zoom and move")
    String move();

    @Message("Earlier")
    String earlier();

    @Message("Later")
    String later();

    @Message("Zoom in")
    String zoomIn();

    @Message("Zoom out")
    String zoomOut();

    @Message("Form")
    String form();

    @Message("Line")
    String line();

    @Message("Area")
    String area();

    @Message("Candles")
    String candles();

    @Message("Scale")
    String scale();

    @Message("Percent")
    String percent();

    @Message("Compare")
    String compare();

    @Message("Compare with (all rebased to 100)")
    String compareWith();

    @Message("Save")
    String save();

    @Message("chart")
    String roleChart();

    @Message("Drag over the chart for a range of your own. Arrow keys go from point to point, + and − zoom, Page Up and Page Down move on. A click on a point tells where it came from.")
    String help();

    @Message("Observations")
    String observations();

    @Message("What is marked")
    String legend();

    @Message("Numbers as a table")
    String table();

    @Message("All that was seen, the newest first, each with the capture that it came from. A suspect number is kept, but not trusted; an implied close was seen by nobody: the next day's numbers tell it.")
    String observationsIntro();

    @Message("Quality")
    String quality();

    @Message("{#switch quality}{#case 'ok'}ok{#case 'unchecked'}unchecked{#case 'suspect'}suspect{#case 'implied'}implied{/switch}")
    String qualityName(String quality);

    @Message("{#when cause}{#is VOID}voided{#is REPARSE}read anew{/when}")
    String correction(Cause cause);

    @Message("What it had said, and counts no more")
    String superseded();

    @Message("its page reads otherwise now")
    String readOtherwise();

    @Message("Void…")
    String voidIt();

    @Message("Void")
    String voidNow();

    @Message("Void %number% of %time%?")
    String voidTitle();

    @Message("For a number that is wrong at the source. It stays readable here, struck through, with your reason; bars, changes, chart and rules go on without it. It can be taken back.")
    String voidWhy();

    @Message("What is wrong with it")
    String voidReason();

    @Message("Voided. It counts no more.")
    String voidedNow();

    @Message("Take back")
    String takeBack();

    @Message("Taken back. It counts again.")
    String takenBack();

    @Message("voided, counts no more")
    String voids();

    @Message("Voided")
    String voided();

    @Message("Of before {day} hours, days, weeks and months are kept, not single observations.")
    String prunedBefore(String day);

    @Message("Older")
    String older();

    @Message("There is no such indicator.")
    String noIndicator();

    @Message("Open")
    String open();

    @Message("High")
    String high();

    @Message("Low")
    String low();

    @Message("Close")
    String close();

    @Message("Observations")
    String count();

    @Message("Note")
    String note();

    @Message("Previous close")
    String previousClose();

    @Message("Start")
    String start();

    @Message("Implied: seen by nobody, told by the next day's numbers")
    String implied();

    @Message("suspect, not trusted (at the edge where it is far off)")
    String suspects();

    @Message("an alert fired")
    String fired();

    @Message("nobody looked")
    String gaps();

    @Message("%percent% since %day% (%from% → %to%)")
    String sum();

    @Message("each time it was seen|by hour|by trading day|by week|by month")
    String intervals();

    @Message("all observations behind it")
    String allObservations();

    @Message("in a day")
    String inADay();

    @Message("Card for other pages (SVG)")
    String card();

    @Message("Kiosk")
    String kiosk();

    @Message("It could not be loaded; it is asked for again.")
    String failed();

    @Message("points")
    String unitPoints();

    @Message("index")
    String unitIndex();

    @Message("{count} more")
    String moreFiring(long count);

    @Message("There is no value of {code}; the first indicator is shown.")
    String unknownCode(String code);
}
