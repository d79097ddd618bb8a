/** The page of one capture. */
package id.detak.page.capture;
