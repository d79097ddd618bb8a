package id.detak.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
            "{'type':'email','to':['canary@h.example'],'from':'a@b.example','host':'::1','port':null,'security':'starttls','username':null,'password':null}");

    private static final String URL = "give an address such as https://hooks.example.org/….";
    private static final String FORM = " cannot be read: give it in the form that the documentation shows.";
    private static final String MAIL = "{'type':'email','to':'a@b.example','from':'a@b.example','host':'m.example',";

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String text : ALL) {
            ChannelSettings settings = ChannelSettings.of(json(text));
            assertThat(settings.toJson()).isEqualTo(json(text));
            assertThat(ChannelSettings.of(settings.toJson())).isEqualTo(settings);
        }
    }

    @Test
    void nothingThatShowsThemHoldsASecretOrAPath() {
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
    void onlyAWebhookIsReadByMachines() {
        assertThat(ALL).filteredOn(text -> !ChannelSettings.of(json(text)).readByPeople()).allMatch(text -> text.contains("webhook")).hasSize(2);
    }

    @Test
    void whatIsLeftOutIsTheUsual() {
        ChannelSettings.Email email = (ChannelSettings.Email) ChannelSettings.of(json("{'type':'email','to':'a@b.example','from':'c@d.example','host':'m.example'}"));
        assertThat(email.to()).containsExactly("a@b.example");
        assertThat(email.security()).isEqualTo(MailSecurity.STARTTLS);
        assertThat(email.smtpPort()).isEqualTo(587);
        assertThat(((ChannelSettings.Email) ChannelSettings.of(json(MAIL + "'security':'TLS'}"))).smtpPort()).isEqualTo(465);
        assertThat(((ChannelSettings.Email) ChannelSettings.of(json(MAIL + "'security':'none'}"))).smtpPort()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                                                       | The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.",
            "{'type':'canary'}                                        | The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.",
            "{'type':null}                                            | The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.",
            "{'type':7}                                               | The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.",
            "{'type':{'canary':1}}                                    | The type is missing or not known: give webhook, slack, discord, ntfy, telegram or email.",
            "[]                                                       | The channel's settings are missing: give an object with a type and what that type needs.",
            "'canary'                                                 | The channel's settings are missing: give an object with a type and what that type needs.",
            "null                                                     | The channel's settings are missing: give an object with a type and what that type needs.",
            "{'type':'slack'}                                         | The url is missing: give the address to send to, such as https://hooks.example.org/….",
            "{'type':'slack','url':null}                              | The url is missing: give the address to send to, such as https://hooks.example.org/….",
            "{'type':'slack','url':'https://h.example/','x':'canary'} | There is no setting x in a channel of this type: leave it out. There is url.",
            "{'type':'ntfy','url':'https://h.example/t','secret':'canary'} | There is no setting secret in a channel of this type: leave it out. There is token, url.",
            "{'type':'slack','url':'https://h.example/ canary'}       | The url cannot be read: give an address such as https://hooks.example.org/…, without blanks.",
            "{'type':'slack','url':' https://h.example/canary'}       | The url cannot be read: give an address such as https://hooks.example.org/…, without blanks."})
    void aRefusalIsOneSentenceThatSaysWhatToDo(String text, String sentence) {
        refused(text, sentence);
    }

    @Test
    void addressesThatCannotBeAreRefused() {
        for (String url : List.of("ftp://h.example/canary", "file:///canary", "canary", "//h.example/canary", "", "javascript:canary", "/canary")) {
            refused("{'type':'webhook','url':'" + url + "'}", "The url is neither http nor https: " + URL);
        }
        for (String url : List.of("https://canary@h.example/", "https://canary:canary@h.example/", "https://@h.example/", "https://a@b@h.example/")) {
            refused("{'type':'discord','url':'" + url + "'}", "The url has a user name or password in it: " + URL);
        }
        for (String url : List.of("https:///canary", "http:canary", "https://:80/canary", "https://b\u00fccher.example/", "https://a_b.example/")) {
            refused("{'type':'slack','url':'" + url + "'}", "The url has no usable host name: " + URL);
        }
        refused("{'type':'slack','url':'https://h.example:0/canary'}", "The url has a port that does not exist: " + URL);
        refused("{'type':'slack','url':'https://h.example:65536/canary'}", "The url has a port that does not exist: " + URL);
        refused("{'type':'slack','url':'https://h.example/" + "canary".repeat(400) + "'}", "The url is too long: " + URL);
        refused("{'type':'slack','url':'https://h.example/\\r\\nX: canary'}", "The url cannot be read: give an address such as https://hooks.example.org/…, without blanks.");
        refused("{'type':'slack','url':{'canary':1}}", null);
        refused("{'type':'slack','url':['canary']}", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h.example", "https://h.example/", "https://h.example/t/", "https://h.example/t?canary", "https://h.example/t#canary", "https://h.example/a.b",
            "https://h.example/%41", "https://h.example/12345678901234567890123456789012345678901234567890123456789012345"})
    void anAddressOfNtfyEndsWithATopic(String url) {
        refused("{'type':'ntfy','url':'" + url + "'}", "The url has no topic at its end: give server and topic, such as https://ntfy.example.org/my-topic.");
    }

    @Test
    void secretsThatCannotBeSentAreRefusedWithoutTellingThem() {
        String hook = "{'type':'webhook','url':'https://h.example/','secret':'";
        for (String secret : List.of("", " ", "canary\\n", "canary\\u0000", "canary\\u2028x", "canary".repeat(400))) {
            refused(hook + secret + "'}", "The secret is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        }
        refused(hook + "whsec_'}", "The secret has nothing after whsec_: give base64 there, or leave it out.");
        refused(hook + "whsec_canary!'}", "The secret is not base64 after whsec_: give it as it was made, or without whsec_.");
        for (String token : List.of("", "tk canary", "tk_canary\\r\\nX: y", "canary\u00e4", "canary".repeat(400))) {
            refused("{'type':'ntfy','url':'https://h.example/t','token':'" + token + "'}",
                    "The token has blanks or other characters in it that cannot be: give it as it was shown to you, or leave it out.");
        }
        for (String token : List.of("", "canary", "1:canary/../x", "1:canary x", "1:", ":canary", "1:canary\\n")) {
            refused("{'type':'telegram','chatId':'5','token':'" + token + "'}", "The token is none of Telegram's: give the one that BotFather showed, such as 123456:ABC-DEF.");
        }
        refused("{'type':'telegram','chatId':'5'}", "The token is none of Telegram's: give the one that BotFather showed, such as 123456:ABC-DEF.");
        for (String chat : List.of("", "canary", "@", "--5", "5 6", "@canary\\n")) {
            refused("{'type':'telegram','token':'1:a','chatId':'" + chat + "'}", "The chatId is none of Telegram's: give a number, or the @name of a channel.");
        }
        assertThat(((ChannelSettings.Telegram) ChannelSettings.of(json("{'type':'telegram','token':'1:a','chatId':-100123}"))).chatId()).isEqualTo("-100123");
    }

    @Test
    void mailsThatCannotBeAreRefused() {
        for (String to : List.of("[]", "null", "['a@b.example'" + ",'a@b.example'".repeat(50) + "]")) {
            refused("{'type':'email','from':'a@b.example','host':'m.example','to':" + to + "}", "The mail has no recipients, or too many: give 1 to 50 addresses in to.");
        }
        for (String to : List.of("", "canary", "a@b.example, canary@d.example", "Canary <a@b.example>", "a@b.example\\r\\nBcc: canary@d.example", "a@b.example>\\r\\nRCPT TO:<canary@d.example",
                "a@@b.example", "@b.example", "a@", "a@-b", "a@b..c", ".a@b.example", "'canary x'@b.example".replace("'", "\\\""), "a@[127.0.0.1]", "k\u00e4se@b.example", "a@b\u00e4.example", "a".repeat(300) + "@b.example")) {
            refused("{'type':'email','from':'a@b.example','host':'m.example','to':['" + to + "']}", "What stands in to is not a single mail address: give it as name@example.org, without a display name.");
            refused("{'type':'email','to':'a@b.example','host':'m.example','from':'" + to + "'}", "What stands in from is not a single mail address: give it as name@example.org, without a display name.");
        }
        refused("{'type':'email','to':[null],'host':'m.example','from':'a@b.example'}", "What stands in to is not a single mail address: give it as name@example.org, without a display name.");
        for (String port : List.of("0", "-1", "65536")) {
            refused(MAIL + "'port':" + port + "}", "The port does not exist: give a number from 1 to 65535, or leave it out.");
        }
        for (String port : List.of("'canary'", "1.5", "99999999999", "[]", "true")) {
            refused(MAIL + "'port':" + port + "}", "The setting port" + FORM);
        }
        refused(MAIL + "'security':'canary'}", "The security is not known: give starttls, tls or none.");
        refused(MAIL + "'username':'canary'}", "Only one of username and password is there: give both, or none.");
        refused(MAIL + "'password':'canary'}", "Only one of username and password is there: give both, or none.");
        refused(MAIL + "'username':'canary\\r\\n','password':'canary'}", "The username is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        refused(MAIL + "'username':'canary','password':''}", "The password is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        refused(MAIL + "'password':{'canary':1}}", "The setting password" + FORM);
        for (String host : List.of("", "canary:25", "http://canary", "canary/x", "user@canary", "canary\\n", "a".repeat(254))) {
            refused("{'type':'email','to':'a@b.example','from':'a@b.example','host':'" + host + "'}", "The host is no name of a mail server: give it as mail.example.org.");
        }
    }

    @Test
    void aChangeKeepsWhatItLeavesOut() {
        assertThat(merged("{'url':'https://h.example:8443/other'}", ALL.get(0))).isEqualTo(ChannelSettings.of(json("{'type':'webhook','url':'https://h.example:8443/other','secret':'canary'}")));
        assertThat(merged("{'secret':'new'}", ALL.get(0))).isEqualTo(ChannelSettings.of(json(ALL.get(0).replace("'secret':'canary'", "'secret':'new'"))));
        assertThat(merged("{'type':'telegram','chatId':'@other'}", ALL.get(5))).isEqualTo(ChannelSettings.of(json("{'type':'telegram','token':'123:canary','chatId':'@other'}")));
        assertThat(merged("{'to':'z@z.example'}", ALL.get(6))).isEqualTo(ChannelSettings.of(json(ALL.get(6).replace("['canary@h.example','xcanary@i.example']", "['z@z.example']"))));
        for (String text : ALL) {
            assertThat(merged("{}", text)).isEqualTo(ChannelSettings.of(json(text)));
            assertThat(merged(text, text)).isEqualTo(ChannelSettings.of(json(text)));
        }
    }

    @Test
    void nullTakesAway() {
        assertThat(merged("{'secret':null,'url':'https://other.example/'}", ALL.get(0))).isEqualTo(ChannelSettings.of(json("{'type':'webhook','url':'https://other.example/'}")));
        assertThat(merged("{'token':null,'url':'https://other.example/t'}", ALL.get(4))).isEqualTo(ChannelSettings.of(json("{'type':'ntfy','url':'https://other.example/t'}")));
        ChannelSettings.Email email = (ChannelSettings.Email) merged("{'username':null,'password':null,'host':'other.example','port':null,'security':null}", ALL.get(6));
        assertThat(email.password()).isNull();
        assertThat(email.smtpPort()).isEqualTo(587);
    }

    @Test
    void anotherTypeBeginsAnew() {
        assertThat(merged("{'type':'slack','url':'https://s.example/'}", ALL.get(0))).isEqualTo(ChannelSettings.of(json("{'type':'slack','url':'https://s.example/'}")));
        assertThatThrownBy(() -> merged("{'type':'discord'}", ALL.get(2))).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("The url is missing");
        assertThatThrownBy(() -> merged("[]", ALL.get(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merged("null", ALL.get(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merged("{'secret':'x'}", ALL.get(2))).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("There is no setting secret");
    }

    @Test
    void aSecretThatWasLeftOutIsNotSentToAnotherHost() {
        for (List<String> update : List.of(List.of("{'url':'https://evil.example/'}", ALL.get(0)), List.of("{'type':'webhook','url':'https://x.h.example:8443/'}", ALL.get(0)),
                List.of("{'url':'https://evil.example/t'}", ALL.get(4)), List.of("{'host':'evil.example'}", ALL.get(6)),
                List.of("{'host':'evil.example','username':'canary'}", ALL.get(6)))) {
            assertThatThrownBy(() -> merged(update.get(0), update.get(1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Give the secret again: it is not sent to another host than it was made for.");
        }
        for (List<String> update : List.of(List.of("{'url':'http://h.example:8443/'}", ALL.get(0)), List.of("{'url':'https://h.example/'}", ALL.get(0)),
                List.of("{'url':'http://h.example/t'}", ALL.get(4)), List.of("{'port':25}", ALL.get(6)), List.of("{'security':'none'}", ALL.get(6)),
                List.of("{'security':null,'port':2525}", ALL.get(6)))) {
            assertThatThrownBy(() -> merged(update.get(0), update.get(1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Give the secret again: it is not sent to another port, or less safely, than it was made for.");
        }
        merged("{'url':'https://H.EXAMPLE:8443/'}", ALL.get(0));
        merged("{'url':'https://other.example/','secret':'canary'}", ALL.get(0));
        merged("{'host':'other.example','password':'canary'}", ALL.get(6));
    }

    private static void refused(String text, String sentence) {
        assertThatThrownBy(() -> ChannelSettings.of(json(text))).as(text).isInstanceOf(IllegalArgumentException.class).satisfies(problem -> {
            assertThat(problem.getMessage()).endsWith(".").doesNotContain("canary", "\n", "Exception", "id.detak");
            if (sentence != null) {
                assertThat(problem).hasMessage(sentence);
            }
        });
    }

    private static ChannelSettings merged(String update, String old) {
        return ChannelSettings.merged(json(update), ChannelSettings.of(json(old)));
    }

    private static JsonNode json(String text) {
        try {
            return Sent.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
