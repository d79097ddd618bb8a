/** The list of alerts, and the page of one alert. */
package id.detak.page.alerts;
