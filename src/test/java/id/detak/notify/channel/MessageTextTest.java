package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.message;
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
import org.junit.jupiter.params.provider.MethodSource;

@BesideTheApplication
class MessageTextTest {
    @ParameterizedTest
    @CsvSource({"FIRING,Firing", "RESOLVED,Resolved", "REMINDER,Reminder", "TEST,Test"})
    void titleSaysWhatHappened(MessageEvent event, String word) {
        assertThat(MessageText.of(List.of(message(event, Severity.INFO, "rule", "A", "t")))
                        .title())
                .isEqualTo(word + ": A · rule");
        assertThat(MessageText.of(List.of(message(event, Severity.INFO, "rule", null, "t")))
                        .title())
                .isEqualTo(word + ": rule");
    }

    @Test
    void titleOfSeveralNamesAtMostTenCodes() {
        List<Message> messages = IntStream.range(0, 12)
                .mapToObj(i -> message(MessageEvent.FIRING, Severity.INFO, "r", "C" + i, "t"))
                .toList();
        assertThat(MessageText.of(messages).title()).isEqualTo("12 alerts: C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, …");
        assertThat(MessageText.of(Collections.nCopies(3, message(MessageEvent.TEST, Severity.INFO, "r", null, "t")))
                        .title())
                .isEqualTo("3 alerts");
    }

    private static List<TextTarget> limited() {
        return List.of(Slack.TEXT, Discord.TEXT, Ntfy.TEXT, Telegram.TEXT);
    }

    @ParameterizedTest
    @MethodSource("limited")
    void removesControlAndDirectionCharacters(TextTarget place) {
        String hostile = " a\r\nb\rc\u0000\u0007\u001b[d\u202e\u2066\u200fe\u2028f\u0085g\th\n";
        String bracket = place == Discord.TEXT ? "\\[" : "[";
        MessageText text = MessageText.of(List.of(
                message(MessageEvent.FIRING, Severity.INFO, hostile, "X\nBcc: y", hostile, "https://h.example/\r\nx")));
        assertThat(text.title()).isEqualTo("Firing: X Bcc: y · a  b c[de f g h");
        assertThat(text.body(place)).startsWith("a\nb c" + bracket + "de f g h\nhttps://h.example/");
        assertThat(text.whole(place).codePoints())
                .noneMatch(c -> Character.isISOControl(c) && c != '\n')
                .noneMatch(c -> c == 0x202e || c == 0x2066);
    }

    @ParameterizedTest
    @MethodSource("limited")
    void staysWithinTheLimit(TextTarget place) {
        for (String unit : List.of("*", "<", "\ud83d\ude00", "a\n- b\n")) {
            for (String name : List.of("r", unit.repeat(500))) {
                for (int count : new int[] {1, 2, 20}) {
                    for (int length : new int[] {10, 700, 5000}) {
                        MessageText text = MessageText.of(Collections.nCopies(
                                count, message(MessageEvent.FIRING, Severity.INFO, name, name, unit.repeat(length))));
                        for (String written : List.of(text.whole(place), text.body(place))) {
                            assertThat(place.size(written)).isLessThanOrEqualTo(place.limit());
                            assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                    .isEqualTo(written);
                        }
                    }
                }
            }
        }
    }

    @Test
    void cutsASingleMessageBeforeItsLink() {
        String written = MessageText.of(List.of(message("x".repeat(5000)))).whole(Telegram.TEXT);
        assertThat(written).hasSize(4096).endsWith("xxx…\nhttps://detak.example/#/alerts/7");
    }

    @Test
    void leavesOutALinkThatDoesNotFit() {
        Message message = message(
                MessageEvent.FIRING,
                Severity.INFO,
                "r",
                "A",
                "t".repeat(3000),
                "https://h.example/" + "u".repeat(1990));
        assertThat(MessageText.of(List.of(message)).whole(Discord.TEXT))
                .hasSize(2000)
                .endsWith("t…");
    }
}
