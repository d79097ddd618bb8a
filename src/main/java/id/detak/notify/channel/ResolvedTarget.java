package id.detak.notify.channel;

import java.net.InetAddress;
import java.util.List;

/**
 * A host whose addresses were looked up and allowed. Connections are made to these addresses, because a second lookup
 * of the name could return others.
 *
 * @param host for TLS and the Host header; an IPv6 address has no brackets
 */
record ResolvedTarget(String host, int port, List<InetAddress> addresses) {}
