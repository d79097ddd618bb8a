package id.detak.testsupport;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Installs a Chromium if there is none: {@code mvn verify -Pinstall-browser}. On Debian and Ubuntu it installs the
 * distribution's, with its headless shell, if that needs no password; otherwise Playwright's, into its cache in the
 * home folder.
 */
public final class InstallBrowser {

    private InstallBrowser() {}

    /** Throws instead of exiting, because it runs within Maven's JVM. */
    public static void main(String... args) {
        Optional<Path> there = Browsers.find();
        if (there.isPresent()) {
            System.out.println("A browser is there already: " + there.get());
            return;
        }
        Optional<List<String>> root = rootPrefix();
        boolean apt = root.isPresent() && Browsers.onPath("apt-get").findFirst().isPresent();
        if (apt) {
            installByApt(root.get());
        }
        if (Browsers.find().isEmpty()) {
            installByPlaywright();
        }
        Path browser = Browsers.find()
                .orElseThrow(() -> new IllegalStateException("No Chromium could be installed, by "
                        + (apt ? "apt-get or by Playwright" : "Playwright")
                        + " (its output is above): install one yourself and have it on the PATH, or name it by "
                        + Browsers.VARIABLE + "."));
        System.out.println("A browser was installed: " + browser);
    }

    private static void installByApt(List<String> root) {
        run(root, "apt-get", "-qq", "update");
        boolean installed = run(root, "apt-get", "-qq", "install", "-y", "chromium", "chromium-headless-shell")
                || run(root, "apt-get", "-qq", "install", "-y", "chromium")
                || run(root, "apt-get", "-qq", "install", "-y", "chromium-browser");
        if (!installed) {
            System.out.println("apt-get has no Chromium to install; trying Playwright's.");
        }
    }

    /** Does not use Playwright's CLI class, which would end Maven's JVM. */
    private static void installByPlaywright() {
        try {
            ProcessBuilder playwright =
                    Driver.ensureDriverInstalled(Map.of(), false).createProcessBuilder();
            playwright.command().addAll(List.of("install", "chromium"));
            run(playwright);
        } catch (RuntimeException e) {
            System.out.println("Playwright's installer does not run: " + e.getMessage());
        }
    }

    /**
     * The prefix that runs a command as root: nothing, or sudo if it needs no password; empty if neither is possible.
     */
    private static Optional<List<String>> rootPrefix() {
        if (System.getProperty("user.name").equals("root")) {
            return Optional.of(List.of());
        }
        List<String> sudo = List.of("sudo", "-n");
        boolean allowed = Browsers.onPath("sudo").findFirst().isPresent() && run(sudo, "true");
        return allowed ? Optional.of(sudo) : Optional.empty();
    }

    private static boolean run(List<String> prefix, String... command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        return run(builder);
    }

    private static boolean run(ProcessBuilder builder) {
        try {
            return builder.inheritIO()
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.out.println(String.join(" ", builder.command()) + ": " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a browser was being installed.", e);
        }
    }
}
