package id.detak.platform.security;

import id.detak.platform.UserException;

/** Thrown if a secret cannot be decrypted with the current key. */
public class WrongKeyException extends UserException {

    WrongKeyException() {
        super("A stored secret cannot be decrypted: DETAK_SECRET_KEY (or the file secret-key in the data "
                + "folder) must be the key that encrypted it, and the same on all replicas.");
    }
}
