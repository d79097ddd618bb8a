package id.detak.capture;

import java.time.Instant;
import java.util.Map;

/** Implemented by the feature that sends messages: pauses of those about a source. */
public interface SourceMutes {

    /** The ends of the pauses that last, by source. */
    Map<String, Instant> bySource();

    /** Holds the messages about a source back until then. Null ends it. */
    void mute(String source, Instant until);
}
