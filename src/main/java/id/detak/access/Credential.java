package id.detak.access;

import java.util.UUID;

/** By what somebody may read or write. It may come to an end: {@link Credentials} knows. */
public sealed interface Credential {

    String role();

    /** Whose it is, for log and page. */
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

    /** @param key what the cookie holds, hashed */
    record OfSession(SessionKey key, String role, String name) implements Credential {
    }
}
