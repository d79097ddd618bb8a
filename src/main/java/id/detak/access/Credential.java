package id.detak.access;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The credential behind a request. It can be revoked: {@link Credentials#isValid} checks that. */
public sealed interface Credential {

    String role();

    /** The owner's name, for log and page. */
    String name();

    /** Applies the function of its kind; a new kind is a new parameter, so that the compiler names every caller. */
    <T> T map(Function<OfAdminToken, T> adminToken, Function<OfReadToken, T> readToken, Function<OfSession, T> session);

    /** The session, if it is one. */
    default Optional<OfSession> session() {
        return map(adminToken -> Optional.empty(), readToken -> Optional.empty(), Optional::of);
    }

    record OfAdminToken(TokenVerifier verifier) implements Credential {
        @Override
        public String role() {
            return Roles.ADMIN;
        }

        @Override
        public String name() {
            return Roles.ADMIN;
        }

        @Override
        public <T> T map(
                Function<OfAdminToken, T> adminToken,
                Function<OfReadToken, T> readToken,
                Function<OfSession, T> session) {
            return adminToken.apply(this);
        }
    }

    record OfReadToken(UUID id, String name) implements Credential {
        @Override
        public String role() {
            return Roles.READER;
        }

        @Override
        public <T> T map(
                Function<OfAdminToken, T> adminToken,
                Function<OfReadToken, T> readToken,
                Function<OfSession, T> session) {
            return readToken.apply(this);
        }
    }

    /** @param key the hashed cookie */
    record OfSession(SessionKey key, String role, String name) implements Credential {
        @Override
        public <T> T map(
                Function<OfAdminToken, T> adminToken,
                Function<OfReadToken, T> readToken,
                Function<OfSession, T> session) {
            return session.apply(this);
        }
    }
}
