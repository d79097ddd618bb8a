package id.detak.page.shared;

import id.detak.series.SupersededObservation.Cause;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of quote cards and the chart, in {@code messages/chart_en.properties} and {@code chart_id.properties}. */
@MessageBundle("chart")
public interface ChartMessages {

    String sparkDay();

    String sparkDays();

    String openAlways();

    String openUntil(String when);

    String closedUntil(String when);

    String fromFile();

    String sourceGood();

    String sourceBad();

    String move();

    String earlier();

    String later();

    String zoomIn();

    String zoomOut();

    String form();

    String line();

    String area();

    String candles();

    String scale();

    String percent();

    String compare();

    String compareWith();

    String save();

    String roleChart();

    String help();

    String observations();

    String legend();

    String table();

    String observationsIntro();

    String quality();

    String qualityName(String quality);

    String supersededBy(Cause cause);

    String superseded();

    String parsedDifferently();

    String voidIt();

    String voidNow();

    String voidTitle();

    String voidWhy();

    String voidReason();

    String voidedNow();

    String takeBack();

    String takenBack();

    String voidRange();

    String voidRangeWhy();

    String rangeFrom();

    String rangeTo();

    String rangeVoided();

    String rangeTakenBack();

    String voids();

    String voided();

    String prunedBefore(String day);

    String older();

    String noIndicator();

    String open();

    String high();

    String low();

    String close();

    String count();

    String note();

    String previousClose();

    String start();

    String implied();

    String suspects();

    String fired();

    String gaps();

    String sum();

    String sumRange();

    String intervals();

    String allObservations();

    String inADay();

    String card();

    String kiosk();

    String failed();

    String unitPoints();

    String unitIndex();

    String moreFiring(long count);

    String unknownCode(String code);
}
