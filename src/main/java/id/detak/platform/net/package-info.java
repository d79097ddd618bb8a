/** Which addresses of the network lead inwards. Needs no framework: the fetcher uses it too. */
package id.detak.platform.net;
