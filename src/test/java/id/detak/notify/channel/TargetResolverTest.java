package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import id.detak.testsupport.BesideTheApplication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel must not reach what only this machine can reach. */
@Timeout(120)
@BesideTheApplication
class TargetResolverTest {
    private static Peer hook;
    private static Peer mail;

    @BeforeAll
    static void open() {
        hook = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        mail = Peer.mailServer(Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        hook.close();
        mail.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "0.1.2.3",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "fe80::1",
                "fd00:ec2::254",
                "224.0.0.1",
                "255.255.255.255",
                "203.0.113.7 127.0.0.1",
                "127.0.0.1 203.0.113.7",
                "203.0.113.7 ::1"
            })
    void refusesNamesOfInternalAddressesBeforeConnecting(String addresses) {
        List<String> asked = new CopyOnWriteArrayList<>();
        MessageSender sender = sender(resolver(asked, addresses), "", LONG);
        int before = hook.accepted.get() + mail.accepted.get();
        for (ChannelSettings settings : everyKind("innocent.example")) {
            asked.clear();
            assertThat(notTaken(sender.send(settings, List.of(message("t")))).reason())
                    .isEqualTo(
                            "The host innocent.example resolves to an address inside your network; to allow it, add it to DETAK_NOTIFY_ALLOW.");
            assertThat(asked).containsExactly("innocent.example");
        }
        assertThat(hook.accepted.get() + mail.accepted.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "10.0.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[fe80::1]",
                "localhost",
                "LocalHost",
                "2130706433",
                "0"
            })
    void refusesWhatThisMachineResolvesToItself(String host) {
        int before = hook.accepted.get() + mail.accepted.get();
        for (ChannelSettings settings : everyKind(host)) {
            assertThat(notTaken(sender(Resolver.system(), "", LONG).send(settings, List.of(message("t"))))
                            .reason())
                    .endsWith(
                            " resolves to an address inside your network; to allow it, add it to DETAK_NOTIFY_ALLOW.");
        }
        assertThat(hook.accepted.get() + mail.accepted.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x7f.1",
                "127.1",
                "0177.0.0.1.",
                "127.0.0.1.",
                "\uff11\uff12\uff17.0.0.1",
                "\u2460\u2461\u2466.0.0.1",
                "127\u30020\u30020\u30021",
                "loc\u0430lhost",
                "localhost%00",
                "localhost%2e",
                "a b",
                "local\thost",
                "h_h",
                "-h.example",
                "h..example",
                ".",
                "[::1",
                "[::1]x",
                "[::1%25lo\u0000]",
                ""
            })
    void rejectsUnusualHostsAsSettings(String host) {
        for (String type : List.of("webhook", "slack", "discord", "ntfy")) {
            ObjectNode json =
                    ChannelFixture.JSON.createObjectNode().put("type", type).put("url", "https://" + host + "/topic");
            assertThatThrownBy(() -> ChannelSettings.of(json))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The url ");
        }
        ObjectNode json = ChannelFixture.JSON
                .createObjectNode()
                .put("type", "email")
                .put("to", "a@b.example")
                .put("from", "a@b.example")
                .put("host", host);
        assertThatThrownBy(() -> ChannelSettings.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The host is not the name of a mail server: give it as mail.example.org.");
    }

    /** Some machines resolve them to internal addresses, others do not find them. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "0x7f000001", "017700000001"})
    void neverReachesHostsThatMachinesReadDifferently(String host) {
        int before = hook.accepted.get() + mail.accepted.get();
        for (ChannelSettings settings : everyKind(host)) {
            notTaken(sender(Resolver.system(), "", LONG).send(settings, List.of(message("t"))));
        }
        assertThat(hook.accepted.get() + mail.accepted.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f.1", "127.1", "0", "::ffff:127.0.0.1", "[::1]", "fe80::1%lo"})
    void theLookUpRefusesThemToo(String host) {
        TargetResolver targets = new TargetResolver(Resolver.system(), new AllowedTargets(Optional.empty()));
        assertThatThrownBy(() -> targets.find(host, 80)).isInstanceOf(SendException.class);
    }

    @Test
    void resolvesPunycodeLikeAnyName() {
        List<String> asked = new CopyOnWriteArrayList<>();
        MessageSender sender = sender(resolver(asked, "127.0.0.1"), "", LONG);
        assertThat(notTaken(sender.send(
                                ChannelFixture.webhook("http://xn--lcalhost-54a.example:" + hook.port() + "/"),
                                List.of(message("t"))))
                        .reason())
                .contains("inside your network");
        assertThat(asked).containsExactly("xn--lcalhost-54a.example");
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        for (ChannelSettings settings : everyKind("rebind.example")) {
            List<String> asked = new CopyOnWriteArrayList<>();
            Resolver rebinding = host -> {
                asked.add(host);
                return List.of(InetAddress.getByName(asked.size() == 1 ? "203.0.113.7" : "127.0.0.1"));
            };
            int before = hook.accepted.get() + mail.accepted.get();
            while (asked.isEmpty()) { // on a busy machine, the time limit may end before the lookup begins
                notTaken(sender(rebinding, "", Duration.ofMillis(200)).send(settings, List.of(message("t"))));
            }
            assertThat(asked).containsExactly("rebind.example");
            assertThat(hook.accepted.get() + mail.accepted.get()).isEqualTo(before);

            asked.clear();
            Resolver other = host -> {
                asked.add(host);
                return List.of(InetAddress.getByName(asked.size() == 1 ? "127.0.0.1" : "203.0.113.7"));
            };
            taken(sender(other, "127.0.0.1", LONG).send(settings, List.of(message("t"))));
            assertThat(asked).containsExactly("rebind.example");
            assertThat(hook.accepted.get() + mail.accepted.get()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h.example        | 127.0.0.1     | true",
                "H.EXAMPLE.       | 127.0.0.1     | true",
                "other.example    | 127.0.0.1     | false",
                "example          | 127.0.0.1     | false",
                "127.0.0.1        | 127.0.0.1     | true",
                "127.0.0.2        | 127.0.0.1     | false",
                "127.0.0.0/8      | 127.0.0.1     | true",
                "10.0.0.0/8       | 127.0.0.1     | false",
                "::1              | 127.0.0.1     | false",
                "::ffff:127.0.0.1 | 127.0.0.1     | true",
                "127.0.0.1        | 127.0.0.1 ::1 | false",
                "127.0.0.1,::1/128| 127.0.0.1 ::1 | true"
            })
    void allowsWhatTheSettingNames(String setting, String addresses, boolean reached) {
        for (ChannelSettings settings : everyKind("h.example")) {
            SendResult outcome = sender(resolver(new CopyOnWriteArrayList<>(), addresses), setting, LONG)
                    .send(settings, List.of(message("t")));
            if (reached) {
                taken(outcome);
            } else {
                assertThat(notTaken(outcome).reason()).contains("add it to DETAK_NOTIFY_ALLOW");
            }
        }
    }

    @Test
    void checksTelegramsAddressToo() {
        MessageSender sender = sender(
                ChannelFixture.toLoopback(),
                "",
                LONG,
                "http://telegram.test:" + hook.port(),
                OutgoingConnection.DIRECT);
        assertThat(notTaken(sender.send(new Telegram("1:canary", "5"), List.of(message("t"))))
                        .reason())
                .contains("telegram.test resolves to an address inside");
    }

    private static List<ChannelSettings> everyKind(String host) {
        String url = "http://" + host + ":" + hook.port() + "/canary";
        return List.of(
                read("{'type':'webhook','url':'" + url + "'}"),
                read("{'type':'ntfy','url':'" + url + "'}"),
                read("{'type':'email','to':'a@b.example','from':'a@b.example','security':'none','host':'" + host
                        + "','port':" + mail.port() + "}"));
    }

    private static ChannelSettings read(String json) {
        try {
            return ChannelSettings.of(ChannelFixture.JSON.readTree(json.replace('\'', '"')));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Resolver resolver(List<String> asked, String addresses) {
        return host -> {
            asked.add(host);
            return Arrays.stream(addresses.split(" "))
                    .map(TargetResolverTest::address)
                    .toList();
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
