package id.detak.page.stream;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.platform.net.ClientAddress;
import id.detak.testsupport.BesideTheApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class StreamLimitTest {

    @Test
    void whoIsRefusedForAllSeatsBeingTakenKeepsCountingThoseOfItsOwn() {
        StreamLimit seats = new StreamLimit(2, 1, new SimpleMeterRegistry());
        ClientAddress one = new ClientAddress("192.0.2.1", false);
        ClientAddress other = new ClientAddress("192.0.2.2", false);
        assertThat(seats.take(one)).isTrue();
        assertThat(seats.take(other)).isTrue();
        assertThat(seats.take(one)).as("all are taken").isFalse();
        seats.leave(other);
        assertThat(seats.take(one)).as("it has one already").isFalse();
        assertThat(seats.take(other)).isTrue();
    }
}
