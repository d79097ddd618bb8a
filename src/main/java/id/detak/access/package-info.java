/**
 * Access control. There are two roles: a reader reads, the admin reads and writes; if reading is open, everybody is a
 * reader.
 *
 * <p>A request is authenticated by the admin token or a read token ({@link id.detak.access.BearerTokens}), or by the
 * cookie ({@link id.detak.access.SessionCookies}) of a session that was opened with one of them or through an OpenID
 * provider. Each leads to a {@link id.detak.access.Credential}, whose validity can be checked later: open streams do
 * that.
 *
 * <p>Each request passes, in this order: {@link id.detak.access.AmbiguousPathFilter} (paths have one meaning),
 * {@link id.detak.access.SameOriginFilter} (no writes from other sites), authentication, the
 * {@link id.detak.access.AccessPolicy} (by method, closed unless a path is known to be public), and the annotations of
 * the resource, without which a resource does not respond. The last two agree; either alone would suffice.
 */
package id.detak.access;
