package id.detak.access;

import id.detak.platform.Sha256;

/** What is kept of a session's cookie, as hex: who reads the database cannot use it. */
record SessionKey(String hex) {

    static SessionKey ofCookie(String cookie) {
        return new SessionKey(Sha256.hex(cookie));
    }
}
