package id.detak.platform;

import id.detak.platform.log.LogFormat;
import id.detak.platform.net.WebUrls;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Settings needed before Quarkus starts: data folder, database, log format. They are read from Quarkus's sources:
 * system properties, environment, {@code .env}, {@code config/application.properties}.
 */
public record StartupSettings(
        Path dataFolder,
        boolean demo,
        Optional<String> pollEvery,
        Optional<String> databaseUrl,
        Optional<String> databaseUser,
        Optional<String> databasePassword,
        boolean secretKeySet,
        boolean adminTokenIsSet,
        Optional<String> openIdUrl,
        boolean publicUrlIsHttps,
        String httpHost,
        int httpPort,
        LogFormat logFormat) {

    public static final String LOOPBACK_HOST = "127.0.0.1";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

    /** Reads the settings before Quarkus starts. */
    public static StartupSettings read() {
        return of(ConfigUtils.configBuilder().build());
    }

    public static StartupSettings of(Config config) {
        boolean demo = config.getOptionalValue("detak.demo", Boolean.class).orElse(false);
        return new StartupSettings(
                dataFolder(config, demo),
                demo,
                config.getOptionalValue("detak.poll-every", String.class),
                text(config, "detak.db-url", "quarkus.datasource.jdbc.url"),
                text(config, "detak.db-user", "quarkus.datasource.username"),
                text(config, "detak.db-password", "quarkus.datasource.password"),
                text(config, "detak.secret-key", "detak.secret-key").isPresent(),
                text(config, "detak.admin-token", "detak.admin-token").isPresent(),
                openIdUrl(config),
                text(config, "detak.public-url", "detak.public-url")
                        .filter(url -> url.strip().toLowerCase(Locale.ROOT).startsWith("https:"))
                        .isPresent(),
                text(config, "quarkus.http.host", "quarkus.http.host").orElse(LOOPBACK_HOST),
                config.getOptionalValue("quarkus.http.port", Integer.class).orElse(8080),
                LogFormat.of(config.getOptionalValue("detak.log-format", String.class)
                        .orElse(null)));
    }

    /** Whether only this machine may connect: with an embedded database and no configured token. */
    public boolean staysOnLoopback() {
        return databaseUrl.isEmpty()
                && !adminTokenIsSet
                && !LOOPBACK.matcher(httpHost).matches();
    }

    /** The simulated market never shares a folder with real data. */
    private static Path dataFolder(Config config, boolean demo) {
        Path folder = config.getOptionalValue("detak.data", String.class)
                .filter(s -> !s.isBlank())
                .map(StartupSettings::configuredFolder)
                .orElseGet(StartupSettings::defaultFolder)
                .toAbsolutePath()
                .normalize();
        return demo ? folder.resolveSibling(folder.getFileName() + "-demo") : folder;
    }

    /** The JVM reads names of files by the locale: under LC_ALL=C, it knows ASCII only, and replaces other letters. */
    private static Path configuredFolder(String text) {
        try {
            if (text.indexOf('\uFFFD') < 0) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // refused below
        }
        throw new BadSettingException("DETAK_DATA has letters that the locale of this process does not know: set"
                + " LC_ALL=C.UTF-8, or choose a folder with plain letters.");
    }

    private static Path defaultFolder() {
        String home = System.getProperty("user.home");
        if (home.equals("?")) {
            throw new BadSettingException("This user has no home folder: set DETAK_DATA to the folder for the data.");
        }
        return Path.of(home, ".local", "share", "detak");
    }

    private static Optional<String> openIdUrl(Config config) {
        return text(config, "detak.oidc.url", "detak.oidc.url").map(url -> WebUrls.configured(
                        "DETAK_OIDC_URL", url, "an OpenID provider, such as https://accounts.example.org")
                .toString());
    }

    private static Optional<String> text(Config config, String name, String quarkusName) {
        return config.getOptionalValue(name, String.class)
                .filter(s -> !s.isBlank())
                .or(() -> config.getOptionalValue(quarkusName, String.class))
                .filter(s -> !s.isBlank());
    }
}
