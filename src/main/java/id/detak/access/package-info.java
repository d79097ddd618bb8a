/**
 * Access control. There are two roles: a reader reads, the admin reads and writes; if reading is open, everybody is a
 * reader.
 *
 * <p>A request is authenticated by the admin token or a read token ({@link id.detak.access.BearerTokens}), or by the
 * cookie of a session ({@link id.detak.access.SessionCookies}). A token or an OpenID provider opens a session. Each
 * leads to a {@link id.detak.access.Credential}, whose validity can be checked later: open streams do that.
 *
 * <p>Each request passes, in this order:
 *
 * <ol>
 *   <li>{@link id.detak.access.AmbiguousPathFilter}: paths have one meaning;
 *   <li>{@link id.detak.access.SameOriginFilter}: no writes from other sites;
 *   <li>authentication;
 *   <li>{@link id.detak.access.AccessPolicy}: by method, closed unless a path is known to be public;
 *   <li>the annotations of the resource; without them, a resource rejects every request.
 * </ol>
 *
 * The last two agree; either alone would suffice.
 */
package id.detak.access;
