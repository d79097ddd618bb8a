package id.detak.page.shared;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words around notices of alerts; {@code messages/notices_id.properties} has them in Indonesian. */
@MessageBundle("notices")
public interface NoticeMessages {

    @Message("Notices")
    String region();

    @Message("resolved")
    String resolved();

    @Message("Dismiss")
    String dismiss();

    @Message("Dismiss all")
    String dismissAll();

    @Message("More alerts: %count%")
    String more();

    @Message("Alerts since you were here: %count%")
    String missed();

    @Message("Notify me in this browser")
    String notifyStart();

    @Message("Stop notifying me in this browser")
    String notifyStop();

    @Message("This browser blocks notifications of this page. Allow them in its settings for this site, and load the page again.")
    String notifyBlocked();
}
