package id.detak.page.channels;

import id.detak.access.Roles;
import id.detak.notify.ChannelViews;
import id.detak.notify.Mutes;
import id.detak.notify.channel.ChannelType;
import id.detak.page.alerts.DeliveryRow;
import id.detak.page.shared.Formats;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import id.detak.platform.language.Language;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The channels, and the form that adds or changes one. */
@RolesAllowed(Roles.READER)
@Path("/channels")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ChannelsPage {

    private final PageRenderer pages;
    private final ChannelViews channels;
    private final Mutes mutes;

    ChannelsPage(PageRenderer pages, ChannelViews channels, Mutes mutes) {
        this.mutes = mutes;
        this.pages = pages;
        this.channels = channels;
    }

    /** @param mutedUntil when messages are sent again, or null */
    record View(List<Row> rows, String mutedUntil) {

        public List<Language> languages() {
            return List.of(Language.values());
        }

        public List<ChannelType> types() {
            return ChannelType.ALL.stream().filter(ChannelType::hasForm).toList();
        }
    }

    /** @param last the last delivery, or null */
    record Row(
            UUID id,
            String name,
            String type,
            String target,
            boolean enabled,
            boolean sources,
            Language language,
            DeliveryRow last) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance channels(PageFrame frame, View view);
    }

    @GET
    @Operation(hidden = true)
    public Response channels(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        View view = new View(
                channels.all().stream()
                        .map(item -> row(visitor.formats(), item))
                        .toList(),
                mutes.all().map(visitor.formats()::time).orElse(null));
        return pages.html(Templates.channels(pages.frame("channels", visitor), view), visitor, 200);
    }

    private static Row row(Formats formats, ChannelViews.Item item) {
        return new Row(
                item.id(),
                item.name(),
                item.type(),
                item.target(),
                item.enabled(),
                item.sources(),
                item.language(),
                item.lastDelivery() == null ? null : DeliveryRow.of(formats, item.lastDelivery()));
    }
}
