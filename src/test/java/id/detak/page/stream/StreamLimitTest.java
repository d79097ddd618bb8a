package id.detak.page.stream;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.platform.net.ClientAddress;
import id.detak.testsupport.BesideTheApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class StreamLimitTest {

    @Test
    void refusedClientKeepsItsOwnCount() {
        StreamLimit limit = new StreamLimit(2, 1, new SimpleMeterRegistry());
        ClientAddress one = new ClientAddress("192.0.2.1", false);
        ClientAddress other = new ClientAddress("192.0.2.2", false);
        assertThat(limit.acquire(one)).isTrue();
        assertThat(limit.acquire(other)).isTrue();
        assertThat(limit.acquire(one)).as("the total is reached").isFalse();
        limit.release(other);
        assertThat(limit.acquire(one)).as("its own limit is reached").isFalse();
        assertThat(limit.acquire(other)).isTrue();
    }
}
