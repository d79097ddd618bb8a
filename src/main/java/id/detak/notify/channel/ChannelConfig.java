package id.detak.notify.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of delivery. */
@ConfigMapping(prefix = "detak")
public interface ChannelConfig {

    /** The name of a {@code quarkus.proxy} configuration, or {@code none}; empty for the default one. */
    Optional<String> notifyProxy();

    /** The name of a {@code quarkus.tls} configuration; empty for the default one. */
    Optional<String> notifyTls();

    /** For tests: where Telegram's API is. */
    @WithDefault(MessageSender.TELEGRAM)
    String telegramUrl();
}
