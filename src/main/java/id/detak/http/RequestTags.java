package id.detak.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps invented paths and methods out of the tags of {@code http_server_requests}: each would create a time series.
 */
@Singleton
class RequestTags implements MeterFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals("http.server.requests")) {
            return id;
        }
        Tags tags = Tags.of(id.getTags());
        if (!METHODS.contains(id.getTag("method"))) {
            tags = tags.and(Tag.of("method", "OTHER"));
        }
        if ("CLIENT_ERROR".equals(id.getTag("outcome"))) {
            tags = tags.and(Tag.of("uri", "CLIENT_ERROR"));
        }
        return id.replaceTags(tags);
    }
}
