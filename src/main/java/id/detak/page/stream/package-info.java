/** The live stream (server-sent events) that keeps open pages up to date. */
package id.detak.page.stream;
