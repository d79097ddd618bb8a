/**
 * The time series: observations, how a quote becomes one ({@link id.detak.series.Recorder}), and the answers to what it is
 * now ({@code latest}) and how it got here ({@code history}). May use {@code indicator}, {@code capture}, {@code strip} and
 * {@code platform}.
 */
package id.detak.series;
