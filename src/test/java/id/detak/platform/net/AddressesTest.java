package id.detak.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fc00::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:192.168.1.1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "2002:a9fe:a9fe::1"
            })
    void internalAddressesAreRecognized(String address) throws UnknownHostException {
        assertThat(Addresses.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "8.8.8.8",
                "203.0.113.7",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "fbff::1",
                "fe7f::1",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "64:ff9b:2::1",
                "2002:808:808::1",
                "2003::1"
            })
    void publicAddressesAreRecognized(String address) throws UnknownHostException {
        assertThat(Addresses.isInternal(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void mappedIPv6AddressIsInternal() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        InetAddress address = Inet6Address.getByAddress("x", mapped, 0);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(Addresses.isInternal(address)).isTrue();
    }

    @Test
    void anyAndAllInternalDiffer() throws UnknownHostException {
        InetAddress in = InetAddress.getByName("10.0.0.1");
        InetAddress out = InetAddress.getByName("8.8.8.8");
        assertThat(Addresses.anyInternal(List.of(out, in))).isTrue();
        assertThat(Addresses.allInternal(List.of(out, in))).isFalse();
        assertThat(Addresses.allInternal(List.of(in, in))).isTrue();
        assertThat(Addresses.anyInternal(List.of(out))).isFalse();
    }
}
