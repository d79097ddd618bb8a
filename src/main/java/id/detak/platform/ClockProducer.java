package id.detak.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@Singleton
class ClockProducer {

    /** @param skew for tests: by how much this process's clock is wrong */
    @Produces
    @Singleton
    @Typed(SharedClock.class)
    SharedClock sharedClock(@ConfigProperty(name = "detak.clock-skew", defaultValue = "PT0S") Duration skew) {
        return new SharedClock(Clock.offset(Clock.systemUTC(), skew));
    }

    @Produces
    @Singleton
    Clock clock(SharedClock shared) {
        return shared;
    }
}
