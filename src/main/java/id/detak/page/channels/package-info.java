/** The channels, and the form that adds one. */
package id.detak.page.channels;
