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
 * What a file of the spool holds: JSON in gzip, whose checksum tells a damaged file.
 *
 * @param text of a page, or null
 * @param capture the one that an unchanged page stands for, or null
 * @param outcome where there is no page, or null
 * @param lost of how many attempts nothing could be kept, or null
 * @param until when the last of those was, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpoolFile(String source, String url, Instant observedAt, Instant serverDate, Integer httpStatus, String text, UUID capture, FetchOutcome outcome,
        String reason, Integer lost, Instant until) {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static SpoolFile of(Arrival arrival) {
        Arrival.Page page = arrival.content() instanceof Arrival.Page p ? p : null;
        Arrival.Unchanged unchanged = arrival.content() instanceof Arrival.Unchanged u ? u : null;
        Arrival.Nothing nothing = arrival.content() instanceof Arrival.Nothing n ? n : null;
        return new SpoolFile(arrival.source(), arrival.url(), arrival.observedAt(), arrival.serverDate(), arrival.httpStatus(),
                page == null ? null : page.text(), unchanged == null ? null : unchanged.capture(),
                nothing == null ? null : nothing.outcome(), nothing == null ? null : nothing.reason(), null, null);
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
        return lost == null ? new Arrival.Nothing(outcome, reason) : new Arrival.Nothing(FetchOutcome.FAILED, lossInWords());
    }

    private String lossInWords() {
        String where = "The database was away and the spool was full: ";
        return lost == 1 ? where + "what this attempt brought could not be kept."
                : where + "of " + lost + " attempts until " + Wib.local(until) + " nothing could be kept.";
    }

    byte[] toBytes() {
        try {
            return Gzip.compress(JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException where they are not what was written */
    static SpoolFile of(byte[] bytes) throws IOException {
        byte[] json = Gzip.decompress(bytes);
        return JSON.readValue(json, SpoolFile.class);
    }
}
