/**
 * Asks for one web page, politely and within limits: {@link id.detak.capture.fetch.PageFetcher} gives an
 * {@link id.detak.capture.fetch.FetchResult} for each request, whatever the server does. The way of a request:
 * {@code PageFetcher} → {@code RedirectFollower} (redirects, hop by hop) → {@code Robots} and {@code HostLookup} (may
 * this hop be asked?) → {@code HttpExchange} (one exchange within the {@code Deadline}) → {@code LimitedBody} and
 * {@code BoundedGunzip}. {@code PageDecoder} makes text of the bytes.
 */
package id.detak.capture.fetch;
