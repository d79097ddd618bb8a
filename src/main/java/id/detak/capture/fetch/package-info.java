/**
 * Asks for one web page, politely and within limits: {@link id.detak.capture.fetch.PageFetcher} gives an
 * {@link id.detak.capture.fetch.Answer} for each request, whatever the server does.
 * The way of a request: {@code PageFetcher} → {@code Walk} (redirects, hop by hop) → {@code Robots} and
 * {@code Hosts} (may this hop be asked?) → {@code Asker} (one exchange within the {@code Deadline}) →
 * {@code LimitedBody} and {@code Gunzip}. {@code PageDecoder} makes text of the bytes.
 */
package id.detak.capture.fetch;
