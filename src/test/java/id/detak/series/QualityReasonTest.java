package id.detak.series;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.strip.Quality;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every quality and every reason is documented. */
@BesideTheApplication
class QualityReasonTest {

    private static final Path MESSAGES = Path.of("src/main/resources/messages");

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @ParameterizedTest
    @EnumSource(Quality.class)
    void eachQualityIsDocumented(Quality quality) throws IOException {
        assertThat(text(Path.of("src/docs/api.md"))).contains("\n| `" + quality.word() + "` | ");
    }

    @ParameterizedTest
    @EnumSource(QualityReason.class)
    void eachReasonIsDocumentedAndShown(QualityReason reason) throws IOException {
        assertThat(text(Path.of("src/docs/api.md"))).contains("\n| `" + reason.word() + "` | ");
        if (reason == QualityReason.LEVEL_CHANGED) {
            return;
        }
        assertThat(text(Path.of("src/main/resources/templates/chart.html")))
                .contains("data-why-" + reason.word() + "=\"{msg:suspectWhy('" + reason.word() + "')}\"");
        // the first is what the others are not
        if (reason != QualityReason.CHECK_FAILED) {
            for (String language : new String[] {"en", "id"}) {
                assertThat(text(MESSAGES.resolve("msg_" + language + ".properties")))
                        .as(language)
                        .containsPattern("\nsuspectWhy=.*#case '" + reason.word() + "'}");
            }
        }
    }
}
