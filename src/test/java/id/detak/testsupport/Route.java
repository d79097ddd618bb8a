package id.detak.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * A line of {@code access/routes.txt}.
 *
 * @param template its path, with names in braces
 */
public record Route(String method, String template, String who) {

    static final Path TABLE = Path.of("src/test/resources/access/routes.txt");

    public static List<Route> all() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Route::of)
                .toList();
    }

    private static Route of(String line) {
        String[] words = line.split("\\s+");
        return new Route(words[0], words[1], words[2]);
    }

    public String path() {
        return path(new UUID(0, 1).toString());
    }

    public String path(String id) {
        return template.replace("{code}", method.equals("DELETE") ? "NO.SUCH" : "LQ45")
                .replace("{observedAt}", "2020-01-02T03:04:05Z")
                .replaceAll("\\{\\w+}", id);
    }

    public boolean reads() {
        return method.equals("GET");
    }

    /** Whether the route signs in. The empty token of the test is wrong, and OpenID needs a provider. */
    boolean challenges() {
        return template.equals("/sign-in") && !reads() || template.equals("/sign-in/openid");
    }

    boolean endsASession() {
        return template.equals("/sign-out") || who.equals("session");
    }

    public boolean hasAnEnd() {
        return !who.equals("stream");
    }
}
