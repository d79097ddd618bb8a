package id.detak.page.error;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of error pages, in {@code messages/error_en.properties} and {@code error_id.properties}. */
@MessageBundle("error")
public interface ErrorMessages {

    String title(int status);

    String why(int status);

    String offlineTitle();

    String offlineWhy();

    String again();
}
