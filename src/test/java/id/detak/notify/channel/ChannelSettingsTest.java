package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class ChannelSettingsTest {
    private static final List<String> ALL = List.of(
            "{'type':'webhook','url':'https://h.example:8443/canary?canary#canary','secret':'canary'}",
            "{'type':'webhook','url':'https://h.example/canary','secret':null}",
            "{'type':'slack','url':'https://h.example/canary'}",
            "{'type':'discord','url':'https://h.example/canary'}",
            "{'type':'ntfy','url':'https://h.example/canary','token':'tk_canary'}",
            "{'type':'telegram','token':'123:canary','chatId':'-1001234567'}",
            "{'type':'email','to':['canary@h.example','xcanary@i.example'],'from':'canary@j.example','host':'canary.example','port':2525,'security':'tls','username':'canary','password':'canary'}",
            "{'type':'email','to':['canary@h.example'],'from':'a@b.example','host':'::1','port':null,'security':'starttls','username':null,'password':null}",
            "{'type':'webpush','subscription':{'endpoint':'https://h.example/canary','keys':{'p256dh':'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4','auth':'BTBZMqHH6r4Tts7J_aSIgg'}}}");

    private static final String URL = "give an address such as https://hooks.example.org/….";

    @Test
    void everyTypeIsTested() {
        assertThat(ALL.stream().map(text -> json(text).get("type").asText()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        ChannelType.ALL.stream().map(ChannelType::name).toList());
    }

    @Test
    void settingsSurviveJson() {
        for (String text : ALL) {
            ChannelSettings settings = ChannelSettings.of(json(text));
            assertThat(settings.toJson()).isEqualTo(json(text));
            assertThat(ChannelSettings.of(settings.toJson())).isEqualTo(settings);
        }
    }

    @Test
    void targetAndToStringShowNoSecretOrPath() {
        for (String text : ALL) {
            ChannelSettings settings = ChannelSettings.of(json(text));
            assertThat(settings.target()).isNotBlank().doesNotContain("canary").doesNotContain("1001234567");
            assertThat(settings.toString()).doesNotContain("canary").endsWith(settings.target());
            assertThat("" + settings + List.of(settings)).doesNotContain("canary");
        }
        assertThat(ChannelSettings.of(json(ALL.get(0)))).hasToString("webhook https://h.example:8443/…");
        assertThat(ChannelSettings.of(json(ALL.get(5)))).hasToString("telegram chat …4567");
        assertThat(ChannelSettings.of(json(ALL.get(6)))).hasToString("email c…@h.example, x…@i.example");
    }

    @Test
    void onlyWebhooksAreNotReadByPeople() {
        assertThat(ChannelType.ALL)
                .filteredOn(type -> !type.readByPeople())
                .extracting(ChannelType::name)
                .containsExactly("webhook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':'canary'}", "{'type':null}", "{'type':7}", "{'type':{'canary':1}}"})
    void namesTheTypesIfOneIsMissing(String text) {
        assertRejected(text, "The type is missing or not known: give " + ChannelType.names() + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                       | The channel's settings are missing: send an object with `type` and the fields of that type.",
                "'canary'                                                 | The channel's settings are missing: send an object with `type` and the fields of that type.",
                "null                                                     | The channel's settings are missing: send an object with `type` and the fields of that type.",
                "{'type':'slack'}                                         | The url is missing: give the address to send to, such as https://hooks.example.org/….",
                "{'type':'slack','url':null}                              | The url is missing: give the address to send to, such as https://hooks.example.org/….",
                "{'type':'slack','url':'https://h.example/','x':'canary'} | Unknown setting x. This type of channel has url.",
                "{'type':'ntfy','url':'https://h.example/t','secret':'canary'} | Unknown setting secret. This type of channel has token, url.",
                "{'type':'slack','url':'https://h.example/ canary'}       | The url cannot be read: give an address such as https://hooks.example.org/…, without spaces.",
                "{'type':'slack','url':' https://h.example/canary'}       | The url cannot be read: give an address such as https://hooks.example.org/…, without spaces."
            })
    void rejectsWithOneSentenceThatSaysWhatToDo(String text, String sentence) {
        assertRejected(text, sentence);
    }

    @Test
    void rejectsUnusableUrls() {
        for (String url : List.of(
                "ftp://h.example/canary",
                "file:///canary",
                "canary",
                "//h.example/canary",
                "",
                "javascript:canary",
                "/canary")) {
            assertRejected("{'type':'webhook','url':'" + url + "'}", "The url is neither http nor https: " + URL);
        }
        for (String url : List.of(
                "https://canary@h.example/",
                "https://canary:canary@h.example/",
                "https://@h.example/",
                "https://a@b@h.example/")) {
            assertRejected(
                    "{'type':'discord','url':'" + url + "'}", "The url has a user name or password in it: " + URL);
        }
        for (String url : List.of(
                "https:///canary",
                "http:canary",
                "https://:80/canary",
                "https://b\u00fccher.example/",
                "https://a_b.example/")) {
            assertRejected("{'type':'slack','url':'" + url + "'}", "The url has no usable host name: " + URL);
        }
        assertRejected(
                "{'type':'slack','url':'https://h.example:0/canary'}",
                "The url has a port that does not exist: " + URL);
        assertRejected(
                "{'type':'slack','url':'https://h.example:65536/canary'}",
                "The url has a port that does not exist: " + URL);
        assertRejected(
                "{'type':'slack','url':'https://h.example/" + "canary".repeat(400) + "'}",
                "The url is too long: " + URL);
        assertRejected(
                "{'type':'slack','url':'https://h.example/\\r\\nX: canary'}",
                "The url cannot be read: give an address such as https://hooks.example.org/…, without spaces.");
        assertRejected("{'type':'slack','url':{'canary':1}}", null);
        assertRejected("{'type':'slack','url':['canary']}", null);
    }

    @Test
    void anUpdateKeepsFieldsThatItLeavesOut() {
        assertThat(merged("{'url':'https://h.example:8443/other'}", ALL.get(0)))
                .isEqualTo(ChannelSettings.of(
                        json("{'type':'webhook','url':'https://h.example:8443/other','secret':'canary'}")));
        assertThat(merged("{'secret':'new'}", ALL.get(0)))
                .isEqualTo(ChannelSettings.of(json(ALL.get(0).replace("'secret':'canary'", "'secret':'new'"))));
        assertThat(merged("{'type':'telegram','chatId':'@other'}", ALL.get(5)))
                .isEqualTo(ChannelSettings.of(json("{'type':'telegram','token':'123:canary','chatId':'@other'}")));
        assertThat(merged("{'to':'z@z.example'}", ALL.get(6)))
                .isEqualTo(ChannelSettings.of(
                        json(ALL.get(6).replace("['canary@h.example','xcanary@i.example']", "['z@z.example']"))));
        for (String text : ALL) {
            assertThat(merged("{}", text)).isEqualTo(ChannelSettings.of(json(text)));
            assertThat(merged(text, text)).isEqualTo(ChannelSettings.of(json(text)));
        }
    }

    @Test
    void nullRemovesASetting() {
        assertThat(merged("{'secret':null,'url':'https://other.example/'}", ALL.get(0)))
                .isEqualTo(ChannelSettings.of(json("{'type':'webhook','url':'https://other.example/'}")));
        assertThat(merged("{'token':null,'url':'https://other.example/t'}", ALL.get(4)))
                .isEqualTo(ChannelSettings.of(json("{'type':'ntfy','url':'https://other.example/t'}")));
        Email email = (Email) merged(
                "{'username':null,'password':null,'host':'other.example','port':null,'security':null}", ALL.get(6));
        assertThat(email.password()).isNull();
        assertThat(email.smtpPort()).isEqualTo(587);
    }

    @Test
    void anotherTypeReplacesAllSettings() {
        assertThat(merged("{'type':'slack','url':'https://s.example/'}", ALL.get(0)))
                .isEqualTo(ChannelSettings.of(json("{'type':'slack','url':'https://s.example/'}")));
        assertThatThrownBy(() -> merged("{'type':'discord'}", ALL.get(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The url is missing");
        assertThatThrownBy(() -> merged("[]", ALL.get(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merged("null", ALL.get(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merged("{'secret':'x'}", ALL.get(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown setting secret");
    }

    @Test
    void aSecretThatIsLeftOutStaysWithItsHost() {
        for (List<String> update : List.of(
                List.of("{'url':'https://evil.example/'}", ALL.get(0)),
                List.of("{'type':'webhook','url':'https://x.h.example:8443/'}", ALL.get(0)),
                List.of("{'url':'https://evil.example/t'}", ALL.get(4)),
                List.of("{'host':'evil.example'}", ALL.get(6)),
                List.of("{'host':'evil.example','username':'canary'}", ALL.get(6)))) {
            assertThatThrownBy(() -> merged(update.get(0), update.get(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The host changed: enter the secret again.");
        }
        for (List<String> update : List.of(
                List.of("{'url':'http://h.example:8443/'}", ALL.get(0)),
                List.of("{'url':'https://h.example/'}", ALL.get(0)),
                List.of("{'url':'http://h.example/t'}", ALL.get(4)),
                List.of("{'port':25}", ALL.get(6)),
                List.of("{'security':'none'}", ALL.get(6)),
                List.of("{'security':null,'port':2525}", ALL.get(6)))) {
            assertThatThrownBy(() -> merged(update.get(0), update.get(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The port or security changed: enter the secret again.");
        }
        merged("{'url':'https://H.EXAMPLE:8443/'}", ALL.get(0));
        merged("{'url':'https://other.example/','secret':'canary'}", ALL.get(0));
        merged("{'host':'other.example','password':'canary'}", ALL.get(6));
    }

    private static ChannelSettings merged(String update, String old) {
        return ChannelSettings.merged(json(update), ChannelSettings.of(json(old)));
    }
}
