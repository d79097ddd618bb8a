/** The channels, and the form for a channel. */
package id.detak.page.channels;
