package id.detak.page.access;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * Texts of signing in and of read tokens, in {@code messages/access_en.properties} and {@code access_id.properties}.
 */
@MessageBundle("access")
public interface AccessMessages {

    String signIn();

    String signOut();

    String account();

    String signedInAs(String name);

    String signInWhy();

    String closed();

    String token();

    String openId();

    String wrongToken();

    String readsOnly();

    String proceed();

    String unknownHere();

    String title();

    String intro();

    String isOpen();

    String isClosed();

    String adminOnly();

    String none();

    String created(String time);

    String revoke();

    String revokeWhy();

    String revoked();

    String newToken();

    String tokenName();

    String create();

    String shownOnce();
}
