package id.detak.dashboard;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page in English; {@code messages/msg_id.properties} has them in Indonesian. */
@MessageBundle
public interface AppMessages {

    @Message("Indonesian market indicators")
    String tagline();

    @Message("Simulated market: all values on this page are made up.")
    String simulated();

    @Message("Market open, closes {when}")
    String marketOpen(String when);

    @Message("Market open at all hours")
    String marketAlways();

    @Message("Market closed, opens {when}")
    String marketClosed(String when);

    @Message("Indicator")
    String indicator();

    @Message("Value")
    String value();

    @Message("Change")
    String change();

    @Message("Trend")
    String trend();

    @Message("Seen")
    String seen();

    @Message("From")
    String from();

    @Message("{age} ago")
    String ago(String age);

    @Message("discovered")
    String discovered();

    @Message("suspect")
    String suspect();

    @Message("Value, change and percent do not agree: this number is not trusted.")
    String suspectCheck();

    @Message("It moved while its market was closed: this number is not trusted.")
    String suspectClosed();

    @Message("stale")
    String stale();

    @Message("Nobody could fetch this value for three polls.")
    String staleWhy();

    @Message("of trading day {day}")
    String ofDay(String day);

    @Message("The source {source} could not be read: {reason} The values below are {age} old. Next try {next}.")
    String sourceTrouble(String source, String reason, String age, String next);

    @Message("The source {source} could not be read: {reason} Next try {next}.")
    String sourceTroubleNoData(String source, String reason, String next);

    @Message("The clock of {source} differs from ours by {difference}: one of the two is wrong.")
    String clockTrouble(String source, String difference);

    @Message("Not understood in the strip of {source}: {pieces}")
    String notUnderstood(String source, String pieces);

    @Message("The exchange's holidays are known up to {year}: from then on Monday to Friday count as trading days. Add the new ones to idx-holidays.csv in the data folder.")
    String holidaysEnd(String year);

    @Message("A data file could not be read: {problem}")
    String dataFile(String problem);

    @Message("No values yet")
    String noData();

    @Message("The source has not been asked yet. The first try is {next}.")
    String notAskedYet(String next);

    @Message("Where the site cannot be reached, hand in saved pages with the command import, or look at the simulated market: start Detak with DETAK_DEMO=true.")
    String noDataHelp();

    @Message("Chart")
    String chart();

    @Message("Range")
    String range();

    @Message("All")
    String all();

    @Message("The chart needs JavaScript; the table above does not.")
    String chartNeedsScript();

    @Message("No points in this range.")
    String noPoints();

    @Message("Level")
    String level();

    @Message("Return index, 100 at the start")
    String returnIndex();

    @Message("live")
    String live();

    @Message("not connected, trying again")
    String offline();

    @Message("Capture")
    String capture();

    @Message("Where these numbers came from")
    String captureIntro();

    @Message("Source")
    String source();

    @Message("Address")
    String address();

    @Message("Fetched")
    String fetched();

    @Message("The server's clock said")
    String serverClock();

    @Message("Outcome")
    String outcome();

    @Message("HTTP status")
    String httpStatus();

    @Message("Raw strip")
    String rawStrip();

    @Message("Not understood")
    String unknownPieces();

    @Message("Contradicts what was stored before for the same moment; the first stands")
    String conflicts();

    @Message("what stands")
    String conflictStanding();

    @Message("Reason")
    String reason();

    @Message("Back to the overview")
    String back();

    @Message("There is no such capture.")
    String noCapture();

    @Message("at {when}")
    String at(String when);

    @Message("now")
    String now();

    @Message("Closes that do not agree")
    String differences();

    @Message("What is stored as a day's close, and what a capture of the next trading day says it was (value less change): a move was missed, or a number is wrong.")
    String differencesWhy();

    @Message("Trading day")
    String tradingDay();

    @Message("Stored")
    String stored();

    @Message("Stated the day after")
    String statedAfter();
}
