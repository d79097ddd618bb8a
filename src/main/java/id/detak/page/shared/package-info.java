/**
 * Code that several pages share: the frame, the reader's language, formats, message bundles and quote cards.
 *
 * <p>The server renders each page completely, in the reader's language, so that it works without JavaScript;
 * {@code PageRenderer} renders the common part. The scripts ({@code src/main/resources/web/app}) keep a page current:
 * after an event of the stream they fetch the page again and replace the parts that differ ({@code live.js}), so
 * numbers are formatted in only one place. Only the chart reads the API: {@code view.js} (the URL), {@code picture.js}
 * (the data), {@code drawing.js} (the series and marks), {@code plot.js} (drawing with ECharts).
 */
package id.detak.page.shared;
