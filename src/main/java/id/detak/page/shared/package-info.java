/**
 * The HTML pages, their live stream, cards for other pages and the wall screen. May use the features' public types; no feature
 * knows it.
 *
 * <p>The server makes each page whole, in the reader's language, so that it can be read without a script; {@code Pages} has what
 * all of them share. The scripts ({@code src/main/resources/web/app}) keep a page fresh by taking it anew after an event of the
 * stream and changing the parts that differ ({@code live.js}), so numbers are written in one place only. The chart alone draws
 * from the API: {@code view.js} (the address), {@code picture.js} (what there is), {@code drawing.js} (what of it is drawn),
 * {@code plot.js} (drawing it).
 */
package id.detak.page.shared;
