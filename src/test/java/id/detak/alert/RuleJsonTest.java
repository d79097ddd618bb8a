package id.detak.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.alert.rule.Rule;
import id.detak.testsupport.BesideTheApplication;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class RuleJsonTest {

    @Test
    void definitionsOfEditedRulesAreNotKeptInMemory() {
        RuleJson json = new RuleJson(new ObjectMapper());
        WeakReference<Rule> read =
                new WeakReference<>(json.read("{\"name\":\"r\",\"type\":\"dayChange\",\"percent\":2}"));
        assertThat(json.read("{\"name\":\"r\",\"type\":\"dayChange\",\"percent\":3}")
                        .name())
                .isEqualTo("r");
        await().untilAsserted(() -> {
            System.gc();
            assertThat(read.get()).isNull();
        });
    }
}
