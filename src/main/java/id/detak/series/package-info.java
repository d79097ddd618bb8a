/**
 * The time series: observations, their recording ({@link id.detak.series.Recorder}), latest quotes, and histories
 * ({@code history}).
 */
package id.detak.series;
