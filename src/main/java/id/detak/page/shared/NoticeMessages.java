package id.detak.page.shared;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of alert notices, in {@code messages/notices_en.properties} and {@code notices_id.properties}. */
@MessageBundle("notices")
public interface NoticeMessages {

    String region();

    String resolved();

    String dismiss();

    String dismissAll();

    String more();

    String missed();

    String notifyStart();

    String notifyStop();

    String notifyBlocked();
}
