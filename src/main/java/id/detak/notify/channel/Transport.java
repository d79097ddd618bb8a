package id.detak.notify.channel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.interaso.webpush.WebPush;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.WebUrls;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** HTTP and mail for all kinds of channel. Every host is looked up once and checked before a connection is made. */
public final class Transport {

    private final TargetResolver targets;
    private final OutgoingConnection connection;
    private final HttpPoster poster;
    private final MailSender mails;
    private final ObjectWriter json;
    private final Clock clock;
    private final Supplier<WebPush> push;
    private final String telegramUrl;

    Transport(
            TargetResolver targets,
            OutgoingConnection connection,
            HttpPoster poster,
            MailSender mails,
            ObjectMapper json,
            Clock clock,
            Supplier<WebPush> push,
            String telegramUrl) {
        this.targets = targets;
        this.connection = connection;
        this.poster = poster;
        this.mails = mails;
        this.json = json.writer()
                .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .with(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .without(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
                        SerializationFeature.INDENT_OUTPUT);
        this.clock = clock;
        this.push = push;
        this.telegramUrl = telegramUrl.endsWith("/") ? telegramUrl.substring(0, telegramUrl.length() - 1) : telegramUrl;
        SettingChecks.webUrl(URI.create(this.telegramUrl));
    }

    HttpResult post(URI url, Object body, Deadline deadline) throws SendException {
        return post(url, Map.of(), body, deadline);
    }

    HttpResult post(URI url, Map<String, String> headers, Object body, Deadline deadline) throws SendException {
        return postBytes(url, headers, json(body), deadline);
    }

    /** @param body JSON, for a sender that needs its bytes */
    HttpResult postBytes(URI url, Map<String, String> headers, byte[] body, Deadline deadline) throws SendException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.put("User-Agent", "Detak");
        all.putAll(headers);
        ResolvedTarget target = connection.usesProxy(url.getHost())
                ? targets.findForProxy(url.getHost(), port(url))
                : targets.find(url.getHost(), port(url));
        return poster.post(new HttpRequest(url, all, body), target, deadline);
    }

    void mail(Email email, List<Message> messages, Deadline deadline) throws SendException {
        mails.send(email, messages, targets.find(email.host(), email.smtpPort()), deadline);
    }

    byte[] json(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Encrypts messages for browsers. */
    WebPush push() {
        return push.get();
    }

    /** Base URL of Telegram's API, without a slash at its end. */
    String telegramUrl() {
        return telegramUrl;
    }

    private static int port(URI url) {
        int standard = WebUrls.isHttps(url) ? 443 : 80;
        return url.getPort() == -1 ? standard : url.getPort();
    }
}
