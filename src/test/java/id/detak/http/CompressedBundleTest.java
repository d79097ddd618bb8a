package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The compressed script of the page equals the plain one. */
@QuarkusTest
class CompressedBundleTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI site;

    @Test
    void compressedContentEqualsOriginal() throws Exception {
        Matcher script = Pattern.compile("/static/bundle/[\\w-]+\\.js")
                .matcher(new String(get("/", "identity").body()));
        assertThat(script.find()).isTrue();
        byte[] plain = get(script.group(), "identity").body();
        for (int i = 0; i < 2; i++) { // the second time from memory
            HttpResponse<byte[]> compressed = get(script.group(), "gzip");
            assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(compressed.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/javascript");
            assertThat(compressed.headers().firstValue("Cache-Control").orElse(""))
                    .contains("immutable");
            assertThat(compressed.body().length).isLessThan(plain.length / 2);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                    .isEqualTo(plain);
        }
        assertThat(get("/static/bundle/app-AAAAAAAA.js", "gzip").statusCode()).isEqualTo(404);
    }

    private HttpResponse<byte[]> get(String path, String encoding) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(site.resolve(path))
                        .header("Accept-Encoding", encoding)
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
