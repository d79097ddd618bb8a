package id.detak.access;

import java.util.HexFormat;

/** What is kept of a session's cookie, as hex: who reads the database cannot use it. */
record SessionKey(String hex) {

    static SessionKey ofCookie(String cookie) {
        return new SessionKey(HexFormat.of().formatHex(RandomTokens.hash(cookie)));
    }
}
