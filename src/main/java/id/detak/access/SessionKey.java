package id.detak.access;

import id.detak.platform.Sha256;

/** The hash of a session's cookie, as hex. The database has no cookie that could be used. */
record SessionKey(String hex) {

    static SessionKey ofCookie(String cookie) {
        return new SessionKey(Sha256.hex(cookie));
    }
}
