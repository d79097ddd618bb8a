package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the documentation from the demo, in {@code target/screenshots}. Not part of a build; see
 * contributing.md.
 */
class DocumentationPictures {

    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final int MAX_BYTES = 150_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    @Test
    void picturesAreMadeFromTheDemo() throws IOException {
        PackagedDetak detak = PackagedDetak.on(folder.resolve("market"))
                .with("DETAK_DEMO", true)
                .forTheLongRun();
        try (RunningDetak demo = detak.serve()) {
            await("the first poll, which follows the history")
                    .atMost(LIMIT)
                    .until(() -> demo.get("/api/v1/sources").body().contains("\"outcome\":\"ok\""));
            String site = "http://127.0.0.1:" + detak.httpPort();
            take(
                    "overview",
                    Visit.desktop("en-GB").setViewportSize(1280, 800),
                    site + "/?range=6M",
                    DocumentationPictures::drawn);
            take(
                    "chart",
                    Visit.desktop("en-GB").setViewportSize(1280, 940),
                    site + "/?code=LQ45&range=1Y&average=50",
                    page -> {
                        drawn(page);
                        page.locator("#new-alert").click();
                        page.locator("#alert-form").waitFor();
                    });
            take("phone", Visit.phone("en-GB").setDeviceScaleFactor(1.5), site + "/", page -> page.locator("#quotes")
                    .waitFor());
        }
    }

    private interface Steps {
        void on(Page page);
    }

    private static void take(String name, NewContextOptions options, String url, Steps steps) throws IOException {
        try (BrowserContext context = BrowserTest.browser().newContext(options)) {
            Page page = context.newPage();
            page.navigate(url);
            steps.on(page);
            page.waitForTimeout(1000); // the chart's animation
            Path file = FOLDER.resolve(name + ".png");
            Files.createDirectories(FOLDER);
            ImageIO.write(
                    withFewColours(ImageIO.read(new ByteArrayInputStream(page.screenshot(new ScreenshotOptions())))),
                    "png",
                    file.toFile());
            assertThat(Files.size(file)).isLessThan(MAX_BYTES);
        }
    }

    private static void drawn(Page page) {
        assertThat(page.locator("#chart")).hasAttribute("data-drawn", Pattern.compile("LQ45 \\d+"));
    }

    /** The 256 most frequent colours, to which the others are rounded: a third of the size. */
    private static BufferedImage withFewColours(BufferedImage image) {
        Map<Integer, Long> counts = Arrays.stream(
                        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .boxed()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<Integer> palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(256)
                .map(Map.Entry::getKey)
                .toList();
        Map<Integer, Integer> nearest = counts.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), colour -> palette.stream()
                        .min(Comparator.comparingInt(each -> distance(each, colour)))
                        .orElseThrow()));
        IndexColorModel model = new IndexColorModel(
                8,
                palette.size(),
                palette.stream().mapToInt(Integer::intValue).toArray(),
                0,
                false,
                -1,
                DataBuffer.TYPE_BYTE);
        BufferedImage small =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                small.setRGB(x, y, nearest.get(image.getRGB(x, y)));
            }
        }
        return small;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 0xFF) - (b >> 16 & 0xFF);
        int green = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
        int blue = (a & 0xFF) - (b & 0xFF);
        return red * red + green * green + blue * blue;
    }

    @AfterAll
    static void leaveNothingRunning() {
        new PostgresProcess(folder.resolve("market-demo")).kill();
    }
}
