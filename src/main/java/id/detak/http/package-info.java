/**
 * What is specific to HTTP: cached responses, entity tags, limits, security headers.
 *
 * <p>Responses to reads are computed once and cached. A resource describes by a stamp what its response depends on.
 * Entity tags are made from stamps, so a client that has the response gets 304 before a row is read.
 *
 * <p>A cached response is served in two ways. Through REST ({@link id.detak.http.CacheableResponses}) the resource
 * method decides, after everything that runs before it. The fast path ({@link id.detak.http.CachedResponseRoute}) is a
 * filter of the router on the event loop, and must not bypass access control:
 *
 * <ul>
 *   <li>It runs after Quarkus's authentication and after its policies by path and method, so refused requests never get
 *       here.
 *   <li>It does not see what REST checks later (annotations such as {@code RolesAllowed}). So it serves only requests
 *       without credentials, and only a response that REST has sent before to such a request with the same path, query
 *       and Accept. REST has therefore made all its checks for the same request. Requests with credentials go through
 *       REST.
 *   <li>A policy that closes reading at run time must therefore be a policy of the router, or part of
 *       {@code isCurrent}.
 * </ul>
 *
 * Headers of the configuration ({@code quarkus.http.header}) are set before it, and the HTTP server's metrics count
 * what it serves.
 */
package id.detak.http;
