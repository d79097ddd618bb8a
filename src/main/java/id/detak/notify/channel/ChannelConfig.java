package id.detak.notify.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of delivery. */
@ConfigMapping(prefix = "detak")
public interface ChannelConfig {

    /** For tests: where Telegram's API is. */
    @WithDefault(MessageSender.TELEGRAM)
    String telegramUrl();
}
