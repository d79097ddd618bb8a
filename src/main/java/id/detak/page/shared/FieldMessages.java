package id.detak.page.shared;

import io.quarkus.qute.i18n.MessageBundle;

/** Errors at the fields of forms, in {@code messages/field_en.properties} and {@code field_id.properties}. */
@MessageBundle("field")
public interface FieldMessages {

    /** @param field its name; of a channel's setting its label */
    String error(String field);

    /** For an error of the server that has no text in the page's language. */
    String rejected();
}
