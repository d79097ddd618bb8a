package id.detak.notify.channel;

import static id.detak.notify.channel.Sent.message;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@BesideTheApplication
class MessageTextTest {
    @ParameterizedTest
    @CsvSource({"FIRING,Firing", "RESOLVED,Resolved", "REMINDER,Reminder", "TEST,Test"})
    void theTitleSaysWhatHappened(MessageEvent event, String word) {
        assertThat(MessageText.of(List.of(message(event, Severity.INFO, "rule", "A", "t"))).title()).isEqualTo(word + ": A · rule");
        assertThat(MessageText.of(List.of(message(event, Severity.INFO, "rule", null, "t"))).title()).isEqualTo(word + ": rule");
    }

    @Test
    void theTitleOfSeveralNamesTenCodesAndNoMore() {
        List<Message> messages = IntStream.range(0, 12).mapToObj(i -> message(MessageEvent.FIRING, Severity.INFO, "r", "C" + i, "t")).toList();
        assertThat(MessageText.of(messages).title()).isEqualTo("12 alerts: C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, …");
        assertThat(MessageText.of(Collections.nCopies(3, message(MessageEvent.TEST, Severity.INFO, "r", null, "t"))).title()).isEqualTo("3 alerts");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', value = {
            "SLACK    ^ {7*7} {config:x} {#include} ^ {7*7} {config:x} {#include}",
            "SLACK    ^ <b> & <@U1> <!here> &amp;   ^ &lt;b&gt; &amp; &lt;@U1&gt; &lt;!here&gt; &amp;amp;",
            "DISCORD  ^ *a* _b_ ~c~ `d` ||e||       ^ \\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|\\|e\\|\\|",
            "DISCORD  ^ # a > b <@1> @everyone      ^ \\# a \\> b \\<@1\\> @everyone",
            "DISCORD  ^ \\*a\\*                     ^ \\\\\\*a\\\\\\*",
            "DISCORD  ^ - a                         ^ \\- a",
            "DISCORD  ^ {7*7} {config:x}            ^ {7\\*7} {config:x}",
            "TELEGRAM ^ *a* <b> {7*7} @everyone     ^ *a* <b> {7*7} @everyone",
            "NTFY     ^ *a* <b> {7*7} @everyone     ^ *a* <b> {7*7} @everyone",
            "MAIL     ^ *a* <b> {7*7} @everyone     ^ *a* <b> {7*7} @everyone"})
    void everyTextIsReadAsItIs(TextTarget place, String text, String written) {
        assertThat(MessageText.of(List.of(message(MessageEvent.FIRING, Severity.INFO, "r", "A", text, null))).body(place)).isEqualTo(written);
        assertThat(MessageText.of(List.of(message(MessageEvent.FIRING, Severity.INFO, text, null, "t", null))).whole(place))
                .isEqualTo("Firing: " + (written.startsWith("\\-") ? written.substring(1) : written) + "\nt");
    }

    @ParameterizedTest
    @EnumSource(TextTarget.class)
    void controlsAndTurnedDirectionsAreTakenOutAndLinesOfATitleJoined(TextTarget place) {
        String hostile = " a\r\nb\rc\u0000\u0007\u001b[d\u202e\u2066\u200fe\u2028f\u0085g\th\n";
        String bracket = place == TextTarget.DISCORD ? "\\[" : "[";
        MessageText text = MessageText.of(List.of(message(MessageEvent.FIRING, Severity.INFO, hostile, "X\nBcc: y", hostile, "https://h.example/\r\nx")));
        assertThat(text.title()).isEqualTo("Firing: X Bcc: y · a  b c[de f g h");
        assertThat(text.body(place)).startsWith("a\nb c" + bracket + "de f g h\nhttps://h.example/");
        assertThat(text.whole(place).codePoints()).noneMatch(c -> Character.isISOControl(c) && c != '\n').noneMatch(c -> c == 0x202e || c == 0x2066);
    }

    @ParameterizedTest
    @EnumSource(value = TextTarget.class, names = {"SLACK", "DISCORD", "TELEGRAM", "NTFY"})
    void whatIsTooLongEndsWithinThePlacesLimit(TextTarget place) {
        for (String unit : List.of("*", "<", "\ud83d\ude00", "a\n- b\n")) {
            for (String name : List.of("r", unit.repeat(500))) {
                for (int count : new int[] {1, 2, 20}) {
                    for (int length : new int[] {10, 700, 5000}) {
                        MessageText text = MessageText.of(Collections.nCopies(count, message(MessageEvent.FIRING, Severity.INFO, name, name, unit.repeat(length))));
                        for (String written : List.of(text.whole(place), text.body(place))) {
                            assertThat(place.size(written)).isLessThanOrEqualTo(place.limit());
                            assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(written);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theOnlyMessageIsCutBeforeItsAddress() {
        String written = MessageText.of(List.of(message("x".repeat(5000)))).whole(TextTarget.TELEGRAM);
        assertThat(written).hasSize(4096).endsWith("xxx…\nhttps://detak.example/#/alerts/7");
    }

    @Test
    void severalEndAtAWholeMessageWithHowManyAreLeft() {
        String written = MessageText.of(Collections.nCopies(40, message("y".repeat(300)))).whole(TextTarget.DISCORD);
        assertThat(written).endsWith("y\nhttps://detak.example/#/alerts/7\n\n… and 35 more").hasSizeBetween(1500, 2000);
        assertThat(written.split("y{300}", -1)).hasSize(6);
    }

    @Test
    void anEscapeIsNeverCutInTwo() {
        for (int length = 1900; length < 2000; length++) {
            String written = MessageText.of(List.of(message("z".repeat(length - 1000) + "*".repeat(1000)))).whole(TextTarget.DISCORD);
            assertThat(written.replace("\\*", "")).doesNotContain("\\");
        }
    }

    @Test
    void anAddressThatIsLongerThanThePlaceIsLeftOut() {
        Message message = message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t".repeat(3000), "https://h.example/" + "u".repeat(1990));
        assertThat(MessageText.of(List.of(message)).whole(TextTarget.DISCORD)).hasSize(2000).endsWith("t…");
    }

    @Test
    void discordLeavesAnAddressAClickableOne() {
        Message message = message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t", "https://h.example/a_b_c?x=[1]#/r~");
        assertThat(MessageText.of(List.of(message)).body(TextTarget.DISCORD)).isEqualTo("t\nhttps://h.example/a_b_c?x=[1]#/r~");
        Message not = message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t", "*x*");
        assertThat(MessageText.of(List.of(not)).body(TextTarget.DISCORD)).isEqualTo("t\n\\*x\\*");
    }
}
