package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * What the service worker ({@code sw.js}) gets: a notification to show.
 *
 * @param lang language of title and text
 * @param text null if the push service accepts only a shorter message
 * @param path of the page that a click opens, on the site where the device subscribed
 * @param tag a later notification with the same tag replaces this one; the pages use the id of the alert, too
 * @param again whether it gets attention though it replaces another one
 * @param silent whether it makes no sound
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PushNotice(String lang, String title, String text, String path, UUID tag, boolean again, boolean silent) {

    /**
     * A push service need not take more than 4096 bytes (RFC 8030), of which 103 are the encryption's (RFC 8291). The
     * title takes up to 800 bytes; devices show a few lines of the text.
     */
    static final TextTarget TEXT = new TextTarget(2000) {
        @Override
        int size(String text) {
            return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
        }
    };

    static PushNotice of(List<Message> messages) {
        MessageText text = MessageText.of(messages);
        UUID alert = alert(messages);
        boolean rings = messages.stream().anyMatch(Message::rings);
        boolean reminds = messages.stream().anyMatch(message -> message.event() == MessageEvent.REMINDER);
        return new PushNotice(
                MessageText.language(messages.get(messages.size() - 1)).tag(),
                text.title(),
                text.withoutLinks().body(TEXT),
                path(messages),
                alert,
                reminds && alert != null,
                !rings && alert != null);
    }

    /** The alert that all messages are about, or null. */
    static UUID alert(List<Message> messages) {
        UUID first = messages.get(0).alertId();
        return messages.stream()
                        .allMatch(message ->
                                message.alertId() != null && message.alertId().equals(first))
                ? first
                : null;
    }

    /** The public URL may be another address of the site than the one where the device subscribed. */
    private static String path(List<Message> messages) {
        List<String> urls = messages.stream().map(Message::url).distinct().toList();
        if (urls.size() > 1 || urls.get(0) == null) {
            return "/alerts";
        }
        URI url = URI.create(urls.get(0));
        return url.getRawFragment() == null ? url.getRawPath() : url.getRawPath() + "#" + url.getRawFragment();
    }

    PushNotice withoutText() {
        return new PushNotice(lang, title, null, path, tag, again, silent);
    }
}
