package id.detak.page.indicators;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * Texts of the page of indicators, in {@code messages/indicators_en.properties} and {@code indicators_id.properties}.
 */
@MessageBundle("indicators")
public interface IndicatorsMessages {

    String title();

    String intro();

    String hidden();

    String discovered();

    String otherLabels();

    String source();

    String other(String source, String number, String time);

    String differs();

    String otherDiffers(String code, String source, String number, String time, String lead);

    String notCompared();

    String rename();

    String merge();

    String hide();

    String show();

    String changed();

    String merged();

    String deleted();

    String working();

    String renameTitle();

    String renameWhy();

    String code();

    String nameEn();

    String nameId();

    String save();

    String mergeTitle();

    String mergeWhy();

    String mergeInto();

    String deleteWhy();

    String newLabels();

    String newLabelsIntro(int needed);

    String noNewLabels();

    String shownIn(String source, long seen, int needed);

    String refused();

    String confirm();

    String confirmed();

    String audit();

    String auditAdminOnly();

    String noAudit();
}
