/** The kiosk: a page for wall screens. */
package id.detak.page.kiosk;
