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
    void truncatedContentIsRefused() {
        byte[] gzip = Gzip.compress(new byte[100]);
        assertThatThrownBy(() -> Gzip.decompress(Arrays.copyOf(gzip, gzip.length - 4)))
                .isInstanceOf(IOException.class);
    }
}
