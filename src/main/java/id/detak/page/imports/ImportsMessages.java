package id.detak.page.imports;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page of imports, in {@code messages/imports_en.properties} and {@code imports_id.properties}. */
@MessageBundle("imports")
public interface ImportsMessages {

    String title();

    String intro();

    String none();

    String counts(long created, long same, long conflicting, long refused);

    String by(String actor, String time);

    String unfinished();

    String undone(String actor, String time);

    String complaints();

    String undo();

    String undoWhy();

    String isUndone();

    String older();
}
