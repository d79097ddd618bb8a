package id.detak.intake;

import id.detak.capture.SourceMutes;
import id.detak.notify.Mutes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

/** Pauses of the messages that {@link SourceMonitor} sends. */
@ApplicationScoped
class MutedSources implements SourceMutes {

    private final Mutes mutes;

    MutedSources(Mutes mutes) {
        this.mutes = mutes;
    }

    @Override
    public Map<String, Instant> bySource() {
        return mutes.bySource();
    }

    @Override
    public void mute(String source, Instant until) {
        mutes.muteSource(source, until);
    }
}
