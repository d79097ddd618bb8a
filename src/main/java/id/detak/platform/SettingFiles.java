package id.detak.platform;

import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * Settings whose value is in a file: {@code DETAK_DB_PASSWORD_FILE} names the file for {@code DETAK_DB_PASSWORD}.
 * Docker and systemd pass secrets as files, which other processes cannot read as they can the environment.
 */
public final class SettingFiles implements ConfigSourceProvider {

    private static final Pattern NAME = Pattern.compile("(DETAK_[A-Z0-9_]+)_FILE");
    private static final int MAX_BYTES = 64 * 1024;
    /** As for the environment, which cannot have both. */
    private static final int ORDINAL = 300;

    @Override
    public List<ConfigSource> getConfigSources(ClassLoader loader) {
        Map<String, String> values = read(System.getenv());
        return values.isEmpty() ? List.of() : List.of(new EnvConfigSource(values, ORDINAL));
    }

    /**
     * The values by the names of their variables.
     *
     * @throws BadSettingException if a variable is set twice, or its file cannot be read
     */
    static Map<String, String> read(Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        environment.forEach((name, file) -> {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && !file.isBlank()) {
                String variable = matcher.group(1);
                if (environment.containsKey(variable)) {
                    throw new BadSettingException(variable + " and " + name + " are both set: unset one of them.");
                }
                values.put(variable, content(name, file));
            }
        });
        return values;
    }

    private static String content(String name, String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BadSettingException(name + ": the file " + file + " is longer than a setting can be.");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException | InvalidPathException e) {
            throw new BadSettingException(name + ": the file " + file
                    + " cannot be read; it must exist, and this user must be able to read it.");
        }
    }
}
