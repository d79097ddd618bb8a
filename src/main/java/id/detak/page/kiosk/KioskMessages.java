package id.detak.page.kiosk;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the kiosk, in {@code messages/kiosk_en.properties} and {@code kiosk_id.properties}. */
@MessageBundle("kiosk")
public interface KioskMessages {

    String title();

    String previousClose();

    String unknown(String codes);

    String sourceTrouble(String source, String reason);

    String moreFiring(long count);

    String controls();

    String previous();

    String pause();

    String resume();

    String next();
}
