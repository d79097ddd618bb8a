package id.detak.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.BadSettingException;
import id.detak.testsupport.BesideTheApplication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class AllowedTargetsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | h     | 8.8.8.8           | true",
                "''                        | h     | 10.1.2.3          | false",
                "''                        | h     | 8.8.8.8 10.1.2.3  | false",
                "ntfy                      | ntfy  | 10.1.2.3          | true",
                "ntfy                      | NTFY. | 10.1.2.3 127.0.0.1| true",
                "ntfy.                     | ntfy  | 10.1.2.3          | true",
                "ntfy                      | ntfy2 | 10.1.2.3          | false",
                "ntfy                      | x.ntfy| 10.1.2.3          | false",
                "10.1.0.0/16               | h     | 10.1.255.255      | true",
                "10.1.0.0/16               | h     | 10.2.0.0          | false",
                "10.1.0.0/16               | h     | 10.1.0.1 10.2.0.1 | false",
                "10.1.0.0/16, 10.2.0.1     | h     | 10.1.0.1 10.2.0.1 | true",
                "10.2.0.1                  | h     | 10.2.0.1 8.8.8.8  | true",
                "10.2.0.1                  | h     | 10.2.0.2          | false",
                "0.0.0.0/0                 | h     | 127.0.0.1         | true",
                "0.0.0.0/0                 | h     | ::1               | false",
                "fd00::/8                  | h     | fdff::1           | true",
                "fd00::/8                  | h     | fe80::1           | false",
                "[::1]                     | h     | ::1               | true",
                "::1                       | h     | ::1               | true",
                "' , ntfy , '              | ntfy  | 10.1.2.3          | true"
            })
    void listedTargetsAreAllowed(String setting, String host, String addresses, boolean allowed)
            throws UnknownHostException {
        List<InetAddress> found = Arrays.stream(addresses.split(" "))
                .map(AllowedTargetsTest::address)
                .toList();
        assertThat(new AllowedTargets(Optional.of(setting)).allows(host, found)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "/8",
                "fd00::/129",
                "ntfy/8",
                "127.1",
                "2130706433",
                "0x7f.1",
                "999.1.1.1",
                "http://ntfy",
                "ntfy:80",
                "a b",
                "*",
                "*.example.org",
                "user@ntfy",
                "::1::",
                "[::1",
                "ntfy;mail",
                "\uff11\uff10.0.0.1"
            })
    void invalidEntriesAreReportedWithTheVariable(String entry) {
        assertThatThrownBy(() -> new AllowedTargets(Optional.of("mail, " + entry)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("DETAK_NOTIFY_ALLOW cannot be read at '" + entry + "'");
    }

    @Test
    void noInternalTargetIsAllowedByDefault() {
        assertThat(new AllowedTargets(Optional.empty()).allows("localhost", List.of(address("127.0.0.1"))))
                .isFalse();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
