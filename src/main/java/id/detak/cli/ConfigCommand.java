package id.detak.cli;

import id.detak.access.AccessConfig;
import id.detak.alert.AlertConfig;
import id.detak.backup.BackupConfig;
import id.detak.capture.CaptureConfig;
import id.detak.http.HttpConfig;
import id.detak.indicator.IndicatorConfig;
import id.detak.intake.IntakeConfig;
import id.detak.intake.spool.SpoolConfig;
import id.detak.notify.channel.ChannelConfig;
import id.detak.page.stream.StreamConfig;
import id.detak.platform.PlatformConfig;
import id.detak.platform.StartupSettings;
import id.detak.retention.RetentionConfig;
import id.detak.series.SeriesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigValue;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description =
                "Prints the settings in effect, with where each comes from. Secrets are hidden. Needs no database.")
class ConfigCommand implements Callable<Integer> {

    private static final List<Class<?>> SETTINGS = List.of(
            AccessConfig.class,
            AlertConfig.class,
            BackupConfig.class,
            CaptureConfig.class,
            ChannelConfig.class,
            HttpConfig.class,
            IndicatorConfig.class,
            IntakeConfig.class,
            PlatformConfig.class,
            RetentionConfig.class,
            SeriesConfig.class,
            SpoolConfig.class,
            StreamConfig.class);

    /** Read before Quarkus starts, or mapped to its own settings. */
    private static final List<String> WITHOUT_MAPPING = List.of(
            "detak.data",
            "detak.db-url",
            "detak.db-user",
            "detak.db-password",
            "detak.log-format",
            "detak.oidc.url",
            "detak.oidc.client-id",
            "detak.oidc.secret");

    /** Set at the start and by tests. */
    private static final Set<String> INTERNAL =
            Set.of("detak.clock-skew", "detak.oidc.enabled", "detak.telegram-url", "detak.wrong-tries");

    private static final Pattern OF_THE_OPERATOR = Pattern.compile("(detak\\.sources|quarkus)\\..*");
    /** The address of a heartbeat service contains its secret. */
    private static final Pattern SECRET =
            Pattern.compile(".*(token|secret|password|credential|-key|headers|heartbeat).*");

    private static final Pattern URL = Pattern.compile(".*://.*|jdbc:.*");
    /** User info and query. A password may contain any sign, so the last of those that end one counts. */
    private static final Pattern SECRET_IN_URL = Pattern.compile("(?<=://).+(?=@)|(?<=[?#]).+");

    private static final String HIDDEN = "(hidden)";
    /** The ordinal of {@code config/application.properties}; the settings of the build have lower ones. */
    private static final int OPERATORS_ORDINAL = 260;

    @Override
    public Integer call() {
        lines(ConfigUtils.configBuilder().build()).forEach(System.out::println);
        return ExitCode.DONE;
    }

    static List<String> lines(SmallRyeConfig config) {
        StartupSettings startup = StartupSettings.of(config);
        Map<String, String> defaults = new TreeMap<>();
        WITHOUT_MAPPING.forEach(name -> defaults.put(name, ""));
        defaults.put("detak.data", startup.dataFolder().toString());
        SETTINGS.forEach(settings -> ConfigMappings.getProperties(ConfigClass.configClass(settings))
                .forEach((name, property) -> {
                    if (property.isLeaf() || property.isOptional() || property.isPrimitive()) {
                        defaults.putIfAbsent(name, property.hasDefaultValue() ? property.getDefaultValue() : "");
                    }
                }));
        config.getPropertyNames().forEach(name -> {
            if (OF_THE_OPERATOR.matcher(name).matches()) {
                defaults.putIfAbsent(name, "");
            }
        });
        return defaults.entrySet().stream()
                .flatMap(
                        entry -> line(entry.getKey(), entry.getValue(), config.getConfigValue(entry.getKey())).stream())
                .toList();
    }

    /** Empty for what is no setting of an operator. */
    private static Optional<String> line(String name, String standard, ConfigValue found) {
        boolean ofOperator = found.getValue() != null && found.getSourceOrdinal() >= OPERATORS_ORDINAL;
        if (name.indexOf('*') >= 0
                || INTERNAL.contains(name)
                || !ofOperator && OF_THE_OPERATOR.matcher(name).matches()) {
            return Optional.empty();
        }
        String value = Optional.ofNullable(found.getValue()).orElse(standard);
        String origin = ofOperator ? found.getSourceName() : "default";
        return Optional.of(String.format(Locale.ROOT, "%-34s %-40s %s", name, shown(name, value), origin));
    }

    private static String shown(String name, String value) {
        if (value.isEmpty()) {
            return "-";
        }
        if (SECRET.matcher(name).matches()) {
            return HIDDEN;
        }
        return URL.matcher(value).matches() ? SECRET_IN_URL.matcher(value).replaceAll(HIDDEN) : value;
    }
}
