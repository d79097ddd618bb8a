package id.detak.alert;

import id.detak.alert.AlertViews.Item;
import id.detak.alert.rule.AlertState;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.platform.language.Texts;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Renders alerts as an Atom feed (RFC 4287). */
@ApplicationScoped
class AlertFeed {

    private final PublicUrl publicUrl;
    private final Clock clock;

    AlertFeed(PublicUrl publicUrl, Clock clock) {
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance feed(View view);
    }

    record View(String title, String lang, String address, String page, String updated, List<Entry> entries) {}

    record Entry(String title, String id, String url, String published, String updated, String severity, String text) {}

    String of(List<Item> alerts, Language language) {
        Texts texts = Texts.of("alert", language);
        OffsetDateTime updated = alerts.stream()
                .map(AlertFeed::updated)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Wib.local(clock.instant()));
        return Templates.feed(new View(
                        texts.get("feed"),
                        language.tag(),
                        publicUrl.of("/api/v1/alerts/feed"
                                + (language == Language.ENGLISH ? "" : "?lang=" + language.tag())),
                        publicUrl.of("/alerts"),
                        time(updated),
                        alerts.stream().map(alert -> entry(alert, texts)).toList()))
                .render();
    }

    private static Entry entry(Item alert, Texts texts) {
        String title = texts.get(
                alert.state() == AlertState.FIRING ? "feed.firing" : "feed.resolved",
                Map.of("code", alert.code(), "rule", alert.rule()));
        return new Entry(
                valid(title),
                "urn:uuid:" + alert.id(),
                alert.url(),
                time(alert.firedAt()),
                time(updated(alert)),
                alert.severity().word(),
                valid(alert.text()));
    }

    private static OffsetDateTime updated(Item alert) {
        return alert.resolution().resolvedAt() == null
                ? alert.firedAt()
                : alert.resolution().resolvedAt();
    }

    /** RFC 3339 requires seconds, which {@code toString} leaves out where they are 0. */
    private static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    /** Removes the characters that XML 1.0 cannot express even escaped. */
    private static String valid(String text) {
        return text.codePoints()
                .filter(c ->
                        c == '\n' || c == '\t' || c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
