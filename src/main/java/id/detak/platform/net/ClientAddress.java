package id.detak.platform.net;

/**
 * The client of a request, for limits.
 *
 * @param text an IPv4 address, or the 64-bit prefix of an IPv6 address, which belongs to one subscriber
 * @param isLoopback whether the request came from this machine, and from no proxy that names its client
 */
public record ClientAddress(String text, boolean isLoopback) {}
