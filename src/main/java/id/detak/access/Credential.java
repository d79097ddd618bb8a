package id.detak.access;

import java.util.UUID;

/** The credential behind a request. It can be revoked: {@link Credentials#isValid} checks that. */
public sealed interface Credential {

    String role();

    /** The owner's name, for log and page. */
    String name();

    record OfAdminToken(TokenVerifier verifier) implements Credential {
        @Override
        public String role() {
            return Roles.ADMIN;
        }

        @Override
        public String name() {
            return Roles.ADMIN;
        }
    }

    record OfReadToken(UUID id, String name) implements Credential {
        @Override
        public String role() {
            return Roles.READER;
        }
    }

    /** @param key the hashed cookie */
    record OfSession(SessionKey key, String role, String name) implements Credential {}
}
