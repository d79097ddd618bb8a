package id.detak.page.access;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words around signing in, in English; {@code messages/access_id.properties} has them in Indonesian. */
@MessageBundle("access")
public interface AccessMessages {

    @Message("Sign in")
    String signIn();

    @Message("Sign out")
    String signOut();

    @Message("Account")
    String account();

    @Message("Signed in as {name}")
    String signedInAs(String name);

    @Message("The admin's token lets you change things; a read token lets you read where reading is closed.")
    String signInWhy();

    @Message("Reading is closed here: sign in with a read token or the admin's token.")
    String closed();

    @Message("Token")
    String token();

    @Message("Sign in with OpenID Connect")
    String openId();

    @Message("This token is not valid. The admin's was shown in the log at the first start, or is DETAK_ADMIN_TOKEN.")
    String wrongToken();

    @Message("That is a read token: writing needs the admin's.")
    String readsOnly();

    @Message("Go on")
    String goOn();

    @Message("The provider knows you, but nobody has said that you may read here: your address must stand in DETAK_OIDC_READERS or DETAK_OIDC_ADMINS.")
    String unknownHere();

    @Message("Access")
    String title();

    @Message("Read tokens let one person or program read where reading is closed, until they are revoked.")
    String intro();

    @Message("Everybody may read here now (DETAK_READING=open).")
    String isOpen();

    @Message("Only who has a token may read here now (DETAK_READING=closed).")
    String isClosed();

    @Message("Read tokens are shown to the admin only.")
    String adminOnly();

    @Message("There are no read tokens yet.")
    String none();

    @Message("Made {time}")
    String made(String time);

    @Message("Revoke")
    String revoke();

    @Message("It can read no longer, at once and on all replicas.")
    String revokeWhy();

    @Message("Revoked.")
    String revoked();

    @Message("New read token")
    String newToken();

    @Message("Whose it is")
    String whose();

    @Message("Make it")
    String make();

    @Message("Keep it now, it is shown only this once:")
    String once();
}
