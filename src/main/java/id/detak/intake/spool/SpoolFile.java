package id.detak.intake.spool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.platform.Gzip;
import id.detak.platform.Wib;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;

/**
 * The content of a file of the spool: JSON in gzip, whose checksum detects damage.
 *
 * @param text the text of a page, or null
 * @param capture the capture that an unchanged page refers to, or null
 * @param outcome the outcome if there is no page, or null
 * @param lost the number of discarded attempts that this file replaces, or null
 * @param until the time of the last discarded attempt, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpoolFile(
        String source,
        String url,
        Instant observedAt,
        Instant serverDate,
        Integer httpStatus,
        String text,
        UUID capture,
        FetchOutcome outcome,
        String reason,
        Integer lost,
        Instant until) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static SpoolFile of(Arrival arrival) {
        return arrival.content()
                .match(
                        page -> of(arrival, page.text(), null, null, null),
                        unchanged -> of(arrival, null, unchanged.capture(), null, null),
                        page -> of(arrival, page.text(), null, FetchOutcome.FAILED, page.reason()),
                        nothing -> of(arrival, null, null, nothing.outcome(), nothing.reason()));
    }

    private static SpoolFile of(Arrival arrival, String text, UUID capture, FetchOutcome outcome, String reason) {
        return new SpoolFile(
                arrival.source(),
                arrival.url(),
                arrival.observedAt(),
                arrival.serverDate(),
                arrival.httpStatus(),
                text,
                capture,
                outcome,
                reason,
                null,
                null);
    }

    static SpoolFile lost(String source, Instant from, Instant until, int count) {
        return new SpoolFile(source, null, from, null, null, null, null, null, null, count, until);
    }

    Arrival arrival() {
        return new Arrival(source, Via.POLL, url, observedAt, serverDate, httpStatus, content());
    }

    private Arrival.Content content() {
        if (text != null) {
            return new Arrival.Page(text);
        }
        if (capture != null) {
            return new Arrival.Unchanged(capture);
        }
        return lost == null
                ? new Arrival.Nothing(outcome, reason)
                : new Arrival.Nothing(FetchOutcome.FAILED, lossInWords());
    }

    private String lossInWords() {
        String where = "The database was unavailable and the spool was full: ";
        return lost == 1
                ? where + "the page of this attempt was discarded."
                : where + lost + " attempts until " + Wib.local(until) + " were discarded.";
    }

    byte[] toBytes() {
        try {
            return Gzip.compress(JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException if the file is damaged */
    static SpoolFile of(byte[] bytes) throws IOException {
        byte[] json = Gzip.decompress(bytes);
        return JSON.readValue(json, SpoolFile.class);
    }
}
