package id.detak.page.card;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of SVG cards, in {@code messages/card_en.properties} and {@code card_id.properties}. */
@MessageBundle("card")
public interface CardMessages {

    String seen(String when);

    String simulated();

    String simulatedWhy();
}
