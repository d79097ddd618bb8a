package id.detak.page.shared;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts about a lost connection, in {@code messages/connection_en.properties} and {@code connection_id.properties}. */
@MessageBundle("connection")
public interface ConnectionMessages {

    String notConnected();
}
