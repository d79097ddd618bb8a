package id.detak.page.card;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of SVG cards in English; {@code messages/card_id.properties} has them in Indonesian. */
@MessageBundle("card")
public interface CardMessages {

    @Message("seen {when}")
    String seen(String when);

    @Message("simulated")
    String simulated();

    @Message("The market is simulated: this number is made up.")
    String simulatedWhy();
}
