package id.detak.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.notify.channel.ChannelType.Field;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of channel has its words in both languages and a row in the documentation. */
@BesideTheApplication
class ChannelTypeTest {

    static Stream<ChannelType> types() {
        return ChannelType.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsDocumented(ChannelType type) throws IOException {
        assertThat(Files.readString(Path.of("src/docs/alerts.md"))).contains("| `" + type.name() + "` |");
        assertThat(Files.readString(Path.of("README.md"))).containsIgnoringCase(type.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg_en", "msg_id"})
    void everyTypeAndFieldHasALabel(String bundle) throws IOException {
        String words = "\n" + Files.readString(Path.of("src/main/resources/messages/" + bundle + ".properties"));
        for (ChannelType type : ChannelType.ALL) {
            assertThat(words).containsPattern("\nchannelTypeName=.*\\{#case '" + type.name() + "'}");
            for (Field field : type.fields()) {
                assertThat(words).contains("\n" + field.label() + "=");
                for (String option : field.options()) {
                    assertThat(words).containsPattern("\n" + field.optionLabel() + "=.*\\{#case '" + option + "'}");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"msg_en, (optional)", "msg_id, (opsional)"})
    void optionalFieldsAreLabelledSo(String bundle, String mark) throws IOException {
        String words = Files.readString(Path.of("src/main/resources/messages/" + bundle + ".properties"));
        for (ChannelType type : ChannelType.ALL) {
            for (Field field : type.fields()) {
                assertThat(words.lines()
                                .filter(line -> line.startsWith(field.label() + "="))
                                .findFirst()
                                .orElseThrow()
                                .endsWith(mark))
                        .as("%s in %s", field.label(), bundle)
                        .isEqualTo(field.optional());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"field_en", "field_id"})
    void everyFieldHasAnErrorText(String bundle) throws IOException {
        String words = Files.readString(Path.of("src/main/resources/messages/" + bundle + ".properties"));
        for (ChannelType type : ChannelType.ALL) {
            assertThat(type.fields().stream()
                            .filter(field -> field.options().isEmpty())
                            .map(Field::label))
                    .allSatisfy(label -> assertThat(words).contains("{#case '" + label + "'}"));
        }
    }

    @Test
    void optionsAreTheWordsOfJson() {
        Field security = ChannelType.of("email").fields().stream()
                .filter(field -> field.name().equals("security"))
                .findFirst()
                .orElseThrow();
        assertThat(security.options()).containsExactly("starttls", "tls", "none");
    }

    @Test
    void unknownTypesAreRejected() {
        assertThatThrownBy(() -> ChannelType.of("pigeon")).isInstanceOf(IllegalArgumentException.class);
    }
}
