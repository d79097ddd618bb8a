/**
 * Sources of pages, and a record of each attempt to fetch one.
 *
 * <p>A {@link id.detak.capture.Capture} stores the raw strip, so that a better parser can read it again, and the whole
 * page if it has no strip or an incomplete one. {@code fetch} fetches pages politely; {@code archive} reads web
 * archives.
 */
package id.detak.capture;
