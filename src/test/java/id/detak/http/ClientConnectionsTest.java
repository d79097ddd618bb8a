package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.BadSettingException;
import id.detak.platform.net.ClientAddress;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections beyond a limit are refused, and closed ones make room. */
@BesideTheApplication
class ClientConnectionsTest {

    @RegisterExtension
    static final ExpectedLog LOG =
            ExpectedLog.of("This process may open only 200 more files, so it accepts 100 connections instead of 4096");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private ClientConnections limits(int max, int maxPerClient) {
        return new ClientConnections(
                max,
                maxPerClient,
                address -> new ClientAddress(address.getHostAddress(), address.isLoopbackAddress()),
                meters);
    }

    private static EmbeddedChannel from(String address) throws UnknownHostException {
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(address), 4711);
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return remote;
            }
        };
    }

    @Test
    void anAddressHasAFewOfAllConnections() throws UnknownHostException {
        ClientConnections limits = limits(5, 3);
        List<EmbeddedChannel> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(from("192.0.2.1"));
            assertThat(limits.admit(open.get(i))).isTrue();
        }
        assertThat(limits.admit(from("192.0.2.1"))).as("one more").isFalse();
        assertThat(limits.admit(from("192.0.2.2"))).as("another address").isTrue();
        open.get(0).close();
        assertThat(limits.admit(from("192.0.2.1"))).as("after one was closed").isTrue();
        assertThat(limits.admit(from("127.0.0.1"))).as("the last place").isTrue();
        assertThat(limits.admit(from("127.0.0.1"))).as("beyond all places").isFalse();
        assertThat(meters.get("detak.open.connections").gauge().value()).isEqualTo(5);
        assertThat(meters.get("detak.refused.connections").counter().count()).isEqualTo(2);
    }

    @Test
    void thisMachineCountsInTheTotalOnly() throws UnknownHostException {
        ClientConnections limits = limits(5, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(limits.admit(from("127.0.0.1"))).isTrue();
        }
        assertThat(limits.admit(from("192.0.2.1"))).isFalse();
    }

    @Test
    void totalStaysBelowTheDescriptors() {
        assertThat(ClientConnections.total(4096, 60_000)).isEqualTo(4096);
        assertThat(ClientConnections.total(4096, 200)).isEqualTo(100);
        assertThatThrownBy(() -> ClientConnections.total(4096, 110))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("ulimit -n");
    }
}
