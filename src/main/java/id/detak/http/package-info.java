/**
 * Answers of reading that are made once and kept. A resource says by a stamp what its answer depends on; from that come the
 * entity tags, so that a client that has the answer is told so before a row is read, and bytes and gzip are made once.
 *
 * <p>There are two ways to a kept answer. Through REST ({@link id.detak.http.CacheableResponses}) it is served where the
 * resource method asks for it, after all that stands before that method. The fast way ({@link id.detak.http.CachedResponseRoute})
 * is a filter of the router, on the event loop, and must not be a way round access control:
 * <ul>
 * <li>It runs after Quarkus's authentication and after its policies by path and method: what these refuse never comes here.
 * <li>What is checked later, in REST (annotations such as {@code RolesAllowed}), it does not see. So it serves only requests that
 * carry no credentials, and only an answer that REST has given before to such a request, for the same path, query and Accept: all
 * that REST would check, it has checked for the very same request. Whoever sends credentials goes through REST.
 * <li>What closes reading while the program runs must therefore be a policy of the router, or be part of what {@code stillHolds}
 * asks.
 * </ul>
 * Headers of the configuration ({@code quarkus.http.header}) are set before it, and the HTTP server's metrics count what it serves.
 */
package id.detak.http;
