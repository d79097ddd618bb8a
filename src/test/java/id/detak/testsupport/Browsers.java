package id.detak.testsupport;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds a Chromium on this machine. {@link InstallBrowser} installs one, but only on request. */
public final class Browsers {

    static final String VARIABLE = "DETAK_TEST_BROWSER";

    private static final List<String> ON_PATH = List.of("chromium", "chromium-browser", "google-chrome");
    /** The names of Playwright's own Chromium on Linux, Windows and macOS. */
    private static final Set<String> OF_PLAYWRIGHT =
            Set.of("chrome", "chrome.exe", "Chromium", "Google Chrome for Testing");

    private static final List<String> SHELLS_ON_PATH = List.of("chromium-headless-shell", "chrome-headless-shell");
    private static final Set<String> SHELLS_OF_PLAYWRIGHT =
            Set.of("chrome-headless-shell", "chrome-headless-shell.exe", "headless_shell", "headless_shell.exe");

    private static final int DEPTH_OF_PLAYWRIGHT = 6;

    private Browsers() {}

    /**
     * The browser that {@code DETAK_TEST_BROWSER} names, else the first on the PATH that runs, else one that Playwright
     * installed earlier.
     *
     * @throws IllegalStateException if the variable names a program that does not run
     */
    public static Optional<Path> find() {
        return find(ON_PATH, OF_PLAYWRIGHT);
    }

    /**
     * The same, but preferably Chromium's headless shell: the same engine without the browser around it, which needs
     * half the processor time. It has no notifications and no push messages.
     */
    public static Optional<Path> findLight() {
        return find(SHELLS_ON_PATH, SHELLS_OF_PLAYWRIGHT).or(Browsers::find);
    }

    private static Optional<Path> find(List<String> onPath, Set<String> ofPlaywright) {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            Path browser = Path.of(named.strip()).toAbsolutePath();
            if (!runs(browser)) {
                throw new IllegalStateException(
                        VARIABLE + " names " + browser + ", which does not run: name a Chromium, or unset it.");
            }
            return Optional.of(browser);
        }
        return Stream.concat(onPath(onPath.toArray(String[]::new)), ofPlaywright(ofPlaywright))
                .filter(Browsers::runs)
                .findFirst();
    }

    /** Headless, without background network traffic. */
    public static LaunchOptions launchOptions(Path browser) {
        return new LaunchOptions()
                .setExecutablePath(browser)
                .setHeadless(true)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
    }

    static Stream<Path> onPath(String... names) {
        String suffix = isWindows() ? ".exe" : "";
        List<String> folders =
                List.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator));
        return Arrays.stream(names).flatMap(name -> folders.stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name + suffix))
                .filter(Files::isExecutable));
    }

    private static Stream<Path> ofPlaywright(Set<String> names) {
        Path cache = playwrightCache();
        if (!Files.isDirectory(cache)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(cache)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("chromium"))
                    .sorted(Comparator.reverseOrder())
                    .flatMap(folder -> programs(folder, names))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> programs(Path folder, Set<String> names) {
        try (Stream<Path> files = Files.find(
                folder,
                DEPTH_OF_PLAYWRIGHT,
                (file, attributes) -> attributes.isRegularFile()
                        && names.contains(file.getFileName().toString()))) {
            return files.filter(Files::isExecutable).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** https://playwright.dev/java/docs/browsers#managing-browser-binaries */
    private static Path playwrightCache() {
        String named = System.getenv("PLAYWRIGHT_BROWSERS_PATH");
        Path home = Path.of(System.getProperty("user.home"));
        if (named != null && !named.isBlank() && !named.equals("0")) {
            return Path.of(named);
        }
        if (isWindows()) {
            return home.resolve(Path.of("AppData", "Local", "ms-playwright"));
        }
        return home.resolve(
                isMac() ? Path.of("Library", "Caches", "ms-playwright") : Path.of(".cache", "ms-playwright"));
    }

    /** Ubuntu's chromium-browser may be a script that only asks for a snap. On Windows, --version opens a window. */
    private static boolean runs(Path browser) {
        if (!Files.isExecutable(browser) || isWindows()) {
            return Files.isExecutable(browser);
        }
        try {
            Process process = new ProcessBuilder(browser.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isWindows() {
        return system().startsWith("windows");
    }

    private static boolean isMac() {
        return system().startsWith("mac");
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }
}
