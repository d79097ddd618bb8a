package id.detak.alert;

import id.detak.alert.AlertViews.Item;
import id.detak.alert.rule.AlertState;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.StringWriter;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Alerts as an Atom feed (RFC 4287). */
@ApplicationScoped
class AlertFeed {

    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

    private final PublicUrl publicUrl;
    private final Clock clock;

    AlertFeed(PublicUrl publicUrl, Clock clock) {
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    String of(List<Item> alerts) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(NAMESPACE);
            element(xml, "title", "Detak alerts");
            element(xml, "id", publicUrl.of("/api/v1/alerts/feed"));
            link(xml, "self", publicUrl.of("/api/v1/alerts/feed"));
            link(xml, "alternate", publicUrl.of("/alerts"));
            element(xml, "updated", time(alerts.isEmpty() ? Wib.local(clock.instant()) : alerts.stream().map(AlertFeed::updated).max(OffsetDateTime::compareTo).orElseThrow()));
            for (Item alert : alerts) {
                entry(xml, alert);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void entry(XMLStreamWriter xml, Item alert) throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "title", (alert.state() == AlertState.FIRING ? "Firing: " : "Resolved: ") + alert.code() + " · " + alert.rule());
        element(xml, "id", "urn:uuid:" + alert.id());
        link(xml, "alternate", alert.url());
        element(xml, "published", time(alert.firedAt()));
        element(xml, "updated", time(updated(alert)));
        xml.writeStartElement("author");
        element(xml, "name", "Detak");
        xml.writeEndElement();
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", alert.severity().word());
        element(xml, "content", alert.text());
        xml.writeEndElement();
    }

    private static OffsetDateTime updated(Item alert) {
        return alert.resolvedAt() == null ? alert.firedAt() : alert.resolvedAt();
    }

    /** With seconds, which RFC 3339 wants. */
    private static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(plain(text));
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write these at all. */
    private static String plain(String text) {
        return text.codePoints().filter(c -> c == '\n' || c == '\t' || c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
