/** The channels, and the form that adds or changes one. */
package id.detak.page.channels;
