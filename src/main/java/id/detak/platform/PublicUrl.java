package id.detak.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where readers of messages and feeds find the page: {@code DETAK_PUBLIC_URL}, else this machine. */
@ApplicationScoped
public class PublicUrl {

    private final String base;

    PublicUrl(@ConfigProperty(name = "detak.public-url") Optional<String> configured, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.base = configured.map(String::strip).filter(url -> !url.isEmpty()).map(PublicUrl::checked).orElse("http://localhost:" + port);
    }

    private static String checked(String url) {
        if (!url.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?") || host(url) == null) {
            throw new BadSettingException("DETAK_PUBLIC_URL must be the http or https address under which Detak is read, such as https://detak.example.org");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String host(String url) {
        try {
            return new URI(url).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    public boolean isHttps() {
        return base.startsWith("https:");
    }

    /** @param path from the slash on */
    public String of(String path) {
        return base + path;
    }
}
