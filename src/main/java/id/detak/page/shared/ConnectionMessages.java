package id.detak.page.shared;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What a page says when it has no connection; {@code messages/connection_id.properties} has it in Indonesian. */
@MessageBundle("connection")
public interface ConnectionMessages {

    @Message("Not connected since %time%. The values are as they were then.")
    String notConnected();
}
