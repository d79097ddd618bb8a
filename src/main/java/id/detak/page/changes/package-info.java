/** Changes and drawdowns of all indicators. */
package id.detak.page.changes;
