/**
 * The time series: observations, their recording ({@link id.detak.series.Recorder}), latest quotes, and histories
 * ({@code history}). May use {@code indicator}, {@code capture}, {@code strip} and {@code platform}.
 */
package id.detak.series;
