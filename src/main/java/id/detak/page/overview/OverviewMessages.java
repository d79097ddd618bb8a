package id.detak.page.overview;

import id.detak.indicator.Kind;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the overview, in {@code messages/overview_en.properties} and {@code overview_id.properties}. */
@MessageBundle("overview")
public interface OverviewMessages {

    String updated();

    String openAlways();

    String openUntil(String when);

    String closedUntil(String when);

    String alerts(long count);

    String sourceProblems(long count);

    String notes(long count);

    String largestRise(String since);

    String largestFall(String since);

    String previewAlt(String code);

    String previewAltAll();

    String largestOfIndices();

    String breadth(int down, int up, int of);

    String atHigh();

    String atLow();

    String filter();

    String sort();

    String byGroup();

    String byMove();

    String byName();

    String byHand();

    String arrange();

    String noMatch();

    String group(Kind kind);

    String groupDiscovered();

    String lowHigh(String low, String high);

    String moveUp();

    String moveDown();

    String pin();

    String hide();

    String hiddenCount();

    String shareList();

    String copied();

    String copyLink();

    String resetList();

    String newAlert();

    String moreActions();

    String savePng();

    String saveCsv();

    String print();

    String dayRange();

    String yearRange();

    String log();

    String averages();

    String averagesWhy();

    String remove();

    String figure(String name);

    String countedFrom(String from);

    String average();

    String sinceStart();

    String sinceDay();

    String chartHint();

    String newAlertLabel();

    String tellMeWhen();

    String alertMove();

    String falls();

    String rises();

    String isBelow();

    String isAbove();

    String amount();

    String alertSpan();

    String inADay();

    String inAWeek();

    String inAMonth();

    String fromHigh();

    String sendTo();

    String createAlert();

    String moreOptions();

    String created();

    String amountWrong();

    String percentWrong();

    String alertLine();

    String noChannel();

    String wayWait();

    String wayWaitWhy();

    String wayImport();

    String wayImportWhy();

    String wayDemo();

    String wayDemoWhy();
}
