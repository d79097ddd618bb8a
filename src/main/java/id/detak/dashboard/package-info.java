/** The HTML page and its live stream. May use the features' public types; no feature knows it. */
package id.detak.dashboard;
