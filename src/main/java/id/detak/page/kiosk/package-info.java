/** The view for a TV screen. */
package id.detak.page.kiosk;
