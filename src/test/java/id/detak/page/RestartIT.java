package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the packaged application while a page is open, and restarts it. */
class RestartIT {

    private static final Pattern OLD = Pattern.compile("\\bold\\b");

    @TempDir
    static Path folder;

    @Test
    void openPageReconnectsAfterARestart() {
        AtomicReference<String> strip = new AtomicReference<>("LQ45 900,00 -9,00 -0,99%");
        try (Origin site = Origin.of(path -> Answer.page(Pages.strip(strip.get())))) {
            PackagedDetak detak = PackagedDetak.on(folder)
                    .with("DETAK_SOURCE_URL", site.url("/"))
                    .with("DETAK_MARKET_HOURS", "always");
            URI address = URI.create("http://127.0.0.1:" + detak.httpPort() + "/");
            try (RunningDetak first = detak.serve();
                    Visit visit = new Visit(
                            BrowserTest.browser(),
                            address,
                            Visit.desktop("en-US").setServiceWorkers(ServiceWorkerPolicy.ALLOW),
                            Duration.ZERO)) {
                visit.expectNoConnection();
                Page page = visit.open("/");
                Locator value = value(page);
                assertThat(value).hasText("900.00");
                visit.awaitCopyWith("900.00");
                first.kill();
                assertThat(page.locator("#not-connected")).containsText("Disconnected since");
                assertThat(page.locator("html")).hasClass(OLD);
                assertThat(value).hasText("900.00");
                Page opened = visit.openInNewTab("/");
                assertThat(value(opened)).hasText("900.00");
                assertThat(opened.locator("html")).hasClass(OLD);
                visit.screenshot("server-gone");

                strip.set("LQ45 910,00 1,00 0,11%");
                try (RunningDetak second = detak.serve()) {
                    assertThat(value).hasText("910.00");
                    assertThat(value(opened)).hasText("910.00");
                    assertThat(page.locator("html")).not().hasClass(OLD);
                    assertThat(page.locator("#not-connected")).isHidden();
                    assertThat(visit.loads()).as("page loads").isEqualTo(2);
                    assertThat(second.isAlive()).isTrue();
                }
            }
        }
    }

    @AfterAll
    static void leaveNothingRunning() {
        new PostgresProcess(folder).kill();
    }

    private static Locator value(Page page) {
        return page.locator("#card-LQ45 .value");
    }
}
