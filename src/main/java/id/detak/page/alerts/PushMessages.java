package id.detak.page.alerts;

import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the switch for Web Push, in {@code messages/push_en.properties} and {@code push_id.properties}. */
@MessageBundle("push")
public interface PushMessages {

    String start();

    String stop();

    String why();

    String name();

    String allRules();

    String insecure();

    String unsupported();

    String subscribed();

    String tested();

    String refused();

    String stopped();

    String elsewhere();
}
