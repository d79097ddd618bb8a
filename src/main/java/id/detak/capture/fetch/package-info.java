/**
 * Fetches one web page, politely and within limits. {@link id.detak.capture.fetch.PageFetcher} returns a
 * {@link id.detak.capture.fetch.FetchResult} for each request, also if the server misbehaves. A request passes:
 *
 * <ol>
 *   <li>{@code RedirectFollower}: follows redirects, hop by hop;
 *   <li>{@code Robots} and {@code HostLookup}: decide whether this hop may be fetched;
 *   <li>{@code HttpExchange}: one exchange within the {@code Deadline};
 *   <li>{@code LimitedBody} and {@code BoundedGunzip};
 *   <li>{@code PageDecoder}: decodes the bytes to text.
 * </ol>
 */
package id.detak.capture.fetch;
