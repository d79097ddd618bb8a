package id.detak.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/** The folder of the embedded database and of the user's data files. */
public record DataFolder(Path path) {

    @Singleton
    static class Producer {

        @Produces
        @Singleton
        DataFolder dataFolder(Config config) {
            return new DataFolder(StartupSettings.of(config).dataFolder());
        }
    }
}
