package id.detak.page.indicators;

import id.detak.access.AuditLog;
import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.KnownIndicators;
import id.detak.intake.NewLabels;
import id.detak.intake.NewLabels.Waiting;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.PageFrame;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.Visitor;
import id.detak.platform.language.Sentences;
import id.detak.series.OtherSources;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of indicators, with their labels and sources, and of labels that are no indicator yet. */
@RolesAllowed(Roles.READER)
@Path("/indicators")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class IndicatorsPage {

    private static final int MAX_AUDITED = 20;

    private final PageRenderer pages;
    private final Indicators indicators;
    private final OtherSources otherSources;
    private final NewLabels newLabels;
    private final AuditLog audit;
    private final SecurityIdentity identity;

    IndicatorsPage(
            PageRenderer pages,
            Indicators indicators,
            OtherSources otherSources,
            NewLabels newLabels,
            AuditLog audit,
            SecurityIdentity identity) {
        this.pages = pages;
        this.indicators = indicators;
        this.otherSources = otherSources;
        this.newLabels = newLabels;
        this.audit = audit;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance indicators(PageFrame frame, View view);
    }

    /** @param audit empty unless the reader is the admin */
    record View(boolean admin, int needed, List<Row> rows, List<Waiting> labels, List<Change> audit) {}

    /**
     * @param labels its other labels as one text, or null
     * @param source the source that leads it, or null
     */
    record Row(
            IndicatorLabel label,
            String nameId,
            String nameEn,
            boolean hidden,
            String labels,
            String source,
            List<OtherNumber> others) {}

    /** @param differs null if the series has nothing to compare it with */
    record OtherNumber(String source, String number, String time, Boolean differs, UUID captureId) {}

    record Change(String time, String actor, String action, String subject, String detail) {}

    @GET
    @Transactional
    @Operation(hidden = true)
    public Response indicators(@Context HttpHeaders headers) {
        Visitor visitor = Visitor.of(headers);
        Formats formats = visitor.formats();
        KnownIndicators known = indicators.known();
        List<OtherSources.Item> others = otherSources.newest();
        boolean admin = identity.hasRole(Roles.ADMIN);
        View view = new View(
                admin,
                indicators.capturesOfNew(),
                known.all().stream()
                        .map(indicator -> row(visitor, known, indicator, others))
                        .toList(),
                newLabels.waiting(),
                admin
                        ? audit.newest(MAX_AUDITED).stream()
                                .map(entry -> new Change(
                                        formats.time(entry.at()),
                                        entry.actor(),
                                        entry.action(),
                                        entry.subject(),
                                        Sentences.inAudit(formats.language(), entry.detail())))
                                .toList()
                        : List.of());
        return pages.html(Templates.indicators(pages.frame("indicators", visitor), view), visitor, 200);
    }

    private static Row row(
            Visitor visitor, KnownIndicators known, Indicator indicator, List<OtherSources.Item> others) {
        List<String> labels = known.labelsOf(indicator);
        return new Row(
                IndicatorLabel.of(indicator, visitor.locale()),
                indicator.name(Locale.forLanguageTag("id")),
                indicator.name(Locale.ENGLISH),
                indicator.isHidden(),
                labels.isEmpty() ? null : String.join(", ", labels),
                indicator.source(),
                others.stream()
                        .filter(other -> other.code().equals(indicator.code()))
                        .map(other -> other(visitor.formats(), indicator, other))
                        .toList());
    }

    private static OtherNumber other(Formats formats, Indicator indicator, OtherSources.Item other) {
        return new OtherNumber(
                other.source(),
                formats.measured(other.value(), other.changePercent(), indicator),
                formats.time(other.observedAt().toInstant()),
                other.differs(),
                other.captureId());
    }
}
