/** The list of alerts, and the story of each. */
package id.detak.page.alerts;
