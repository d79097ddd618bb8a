package id.detak.page.kiosk;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the view for a wall screen in English; {@code messages/kiosk_id.properties} has them in Indonesian. */
@MessageBundle("kiosk")
public interface KioskMessages {

    @Message("Wall screen")
    String title();

    @Message("previous close")
    String previousClose();

    @Message("There is no value of {codes}.")
    String unknown(String codes);

    @Message("The source {source} cannot be read: {reason}")
    String sourceTrouble(String source, String reason);

    @Message("{count} more firing")
    String moreFiring(long count);

    @Message("Change of indicators")
    String controls();

    @Message("Previous")
    String previous();

    @Message("Pause")
    String pause();

    @Message("Continue")
    String resume();

    @Message("Next")
    String next();
}
