package id.detak.platform;

import id.detak.platform.net.WebUrls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The public base URL, for links in messages and feeds: {@code DETAK_PUBLIC_URL}, or this machine. */
@ApplicationScoped
public class PublicUrl {

    private static final String NAME = "DETAK_PUBLIC_URL";
    private static final String OF = "Detak that its readers use, such as https://detak.example.org";

    private final String base;

    @Inject
    PublicUrl(PlatformConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        this(config.publicUrl(), port);
    }

    public PublicUrl(Optional<String> configured, int port) {
        this.base = configured
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(PublicUrl::checked)
                .orElse("http://localhost:" + port);
    }

    private static String checked(String text) {
        URI url = WebUrls.configured(NAME, text, OF);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new BadSettingException(
                    NAME + " must not have a query or a fragment: give the address of " + OF + ".");
        }
        return WebUrls.origin(url) + url.getRawPath().replaceFirst("/$", "");
    }

    public boolean isHttps() {
        return base.startsWith("https:");
    }

    /** @param path starts with a slash */
    public String of(String path) {
        return base + path;
    }
}
