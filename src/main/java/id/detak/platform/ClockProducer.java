package id.detak.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;

@Singleton
class ClockProducer {

    @Produces
    @Singleton
    @Typed(SharedClock.class)
    SharedClock sharedClock(PlatformConfig config) {
        return new SharedClock(Clock.offset(Clock.systemUTC(), config.clockSkew()));
    }

    @Produces
    @Singleton
    Clock clock(SharedClock shared) {
        return shared;
    }
}
