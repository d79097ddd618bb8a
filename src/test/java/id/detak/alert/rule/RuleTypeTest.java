package id.detak.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule type has its name in both languages and a row in the documentation. */
@BesideTheApplication
class RuleTypeTest {

    @ParameterizedTest
    @EnumSource
    void everyTypeIsNamedAndDocumented(RuleType type) throws IOException {
        for (String bundle : new String[] {"msg_en", "msg_id"}) {
            assertThat(Files.readString(Path.of("src/main/resources/messages/" + bundle + ".properties")))
                    .containsPattern("\nruleType=.*\\{#is " + type.name() + "}[^{]");
        }
        assertThat(Files.readString(Path.of("src/docs/alerts.md")))
                .containsPattern("\n\\|[^|]*`" + type.word() + "`[^|]*\\|");
    }
}
