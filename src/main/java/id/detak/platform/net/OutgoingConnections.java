package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.proxy.ProxyType;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The proxies and certificates that are configured with {@code quarkus.proxy.*} and {@code quarkus.tls.*}. */
@ApplicationScoped
public class OutgoingConnections {

    private final ProxyConfigurationRegistry proxies;
    private final TlsConfigurationRegistry certificates;

    OutgoingConnections(ProxyConfigurationRegistry proxies, TlsConfigurationRegistry certificates) {
        this.proxies = proxies;
        this.certificates = certificates;
    }

    /**
     * The connection with these names.
     *
     * @param proxySetting the setting that names the proxy
     * @param proxy empty for the default one, if there is one; {@code none} for none
     * @param tlsSetting the setting that names the certificates
     * @param tls empty for the default ones, if there are any
     * @throws BadSettingException if there is no such configuration
     */
    public OutgoingConnection find(
            String proxySetting, Optional<String> proxy, String tlsSetting, Optional<String> tls) {
        ProxyConfiguration through = proxy(proxySetting, proxy.filter(name -> !name.isBlank()));
        TlsConfiguration trusted = tls.filter(name -> !name.isBlank())
                .map(name -> certificates
                        .get(name)
                        .orElseThrow(() -> new BadSettingException(tlsSetting + " names " + name
                                + ", but nothing is configured with quarkus.tls." + name + ".*.")))
                .or(certificates::getDefault)
                .orElse(null);
        try {
            return OutgoingConnection.of(through, trusted);
        } catch (Exception e) {
            throw new BadSettingException("The certificates of " + tlsSetting + " cannot be read: " + e.getMessage());
        }
    }

    private ProxyConfiguration proxy(String setting, Optional<String> name) {
        if (name.filter(ProxyConfigurationRegistry.NONE::equals).isPresent()) {
            return null;
        }
        ProxyConfiguration found;
        try {
            found = proxies.get(name).orElse(null);
        } catch (IllegalStateException e) {
            throw new BadSettingException(setting + " names " + name.orElse("")
                    + ", but nothing is configured with quarkus.proxy." + name.orElse("") + ".*.");
        }
        if (found != null && found.type() != ProxyType.HTTP) {
            throw new BadSettingException(
                    "quarkus.proxy.*: Detak uses HTTP proxies only, not one of the type " + found.type() + ".");
        }
        return found;
    }
}
