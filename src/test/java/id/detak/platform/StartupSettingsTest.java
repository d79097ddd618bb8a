package id.detak.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class StartupSettingsTest {

    private static StartupSettings of(Map<String, String> settings) {
        return StartupSettings.of(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }

    /** What the JVM makes of other letters than ASCII under LC_ALL=C. */
    @Test
    void foldersThatTheLocaleDoesNotKnowAreRefused() {
        for (String folder : new String[] {"/srv/d\uFFFDta", "/srv/d\0ta"}) {
            assertThatThrownBy(() -> of(Map.of("detak.data", folder)))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("LC_ALL=C.UTF-8");
        }
    }

    @Test
    void usersWithoutAHomeNeedADataFolder() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "?");
        try {
            assertThatThrownBy(() -> of(Map.of()))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("set DETAK_DATA");
        } finally {
            System.setProperty("user.home", home);
        }
    }
}
