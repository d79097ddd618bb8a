package id.detak.notify.channel;

import java.net.InetAddress;
import java.util.List;

/**
 * A host whose addresses were looked up and found allowed. Connections are made to these, never by its name again: that
 * could lead elsewhere the second time.
 *
 * @param host by which TLS and the Host header go; an address without the brackets of IPv6
 */
record ResolvedTarget(String host, int port, List<InetAddress> addresses) {
}
