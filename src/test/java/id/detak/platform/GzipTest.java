package id.detak.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class GzipTest {

    @Test
    void roundTripReturnsTheContent() throws Exception {
        byte[] content = "angka ".repeat(2000).getBytes(StandardCharsets.UTF_8);
        byte[] gzip = Gzip.compress(content, 4);
        assertThat(gzip).hasSizeLessThan(content.length / 10);
        assertThat(Gzip.decompress(gzip)).isEqualTo(content);
    }

    @Test
    void contentThatInflatesBeyondTheLimitIsRefused() throws IOException {
        assertThat(Gzip.decompress(Gzip.compress(new byte[Gzip.MAX_BYTES]))).hasSize(Gzip.MAX_BYTES);
        byte[] bomb = Gzip.compress(new byte[Gzip.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Gzip.decompress(bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void truncatedContentIsRefused() {
        byte[] gzip = Gzip.compress(new byte[100]);
        assertThatThrownBy(() -> Gzip.decompress(Arrays.copyOf(gzip, gzip.length - 4)))
                .isInstanceOf(IOException.class);
    }
}
