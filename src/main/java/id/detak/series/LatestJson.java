package id.detak.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.capture.Captures;
import id.detak.platform.Sha256;
import id.detak.platform.Wib;
import id.detak.series.DataState.State;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/** The latest quotes as JSON, written once for each state of the data, however many ask for them. */
@ApplicationScoped
class LatestJson {

    private final LatestQuotes latest;
    private final Captures captures;
    private final DataState data;
    private final ObjectMapper mapper;
    private volatile Body last;

    LatestJson(LatestQuotes latest, Captures captures, DataState data, ObjectMapper mapper) {
        this.latest = latest;
        this.captures = captures;
        this.data = data;
        this.mapper = mapper;
    }

    /** @param state the state of the data before they were read */
    record Body(State state, byte[] bytes, String digest) {}

    Body now() {
        Body body = last;
        return body != null && data.isStill(body.state) ? body : written();
    }

    /** Those who wait here find what the first has written. */
    private synchronized Body written() {
        State state = data.now();
        if (last == null || !last.state.equals(state)) {
            byte[] bytes = bytes();
            last = new Body(state, bytes, Sha256.hex(bytes));
        }
        return last;
    }

    private byte[] bytes() {
        try {
            return mapper.writeValueAsBytes(QuarkusTransaction.joiningExisting()
                    .call(() -> new LatestResource.Quotes(
                            latest.all(), Wib.local(captures.lastGoodPoll().orElse(null)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
