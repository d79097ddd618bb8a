package id.detak.page.changes;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the changes page, in {@code messages/changes_en.properties} and {@code changes_id.properties}. */
@MessageBundle("changes")
public interface ChangesMessages {

    String title();

    String intro();

    String column(String column);

    String latest();

    String returnIndex();

    String counted(String value, String day);

    String missing(String reason);

    String none();

    String noneHelp();

    String drawdowns();

    String drawdownsIntro();

    String fell(String peak, String trough);

    String neverFell();
}
