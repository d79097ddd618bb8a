/**
 * Who may do what. Two roles: a reader reads, the admin reads and writes; where reading is open everybody is a reader.
 *
 * <p>Credentials are the admin's token or a read token ({@link id.detak.access.BearerTokens}), or a session's cookie
 * ({@link id.detak.access.SessionCookies}) that one of them, or an OpenID provider, has opened. Each leads to a
 * {@link id.detak.access.Credential}, which can be asked later whether it still holds: open streams do.
 *
 * <p>Each request passes, in this order: {@link id.detak.access.AmbiguousPathFilter} (no path that can be read in two ways),
 * {@link id.detak.access.SameOriginFilter} (nothing that changes from another site), the credentials, the
 * {@link id.detak.access.AccessPolicy} (by method, and closed unless a path is known to be public), and the annotations
 * of the resource, without which no resource answers. The last two say the same: either alone would do.
 */
package id.detak.access;
