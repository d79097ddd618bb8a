package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.interaso.webpush.WebPush;
import com.interaso.webpush.WebPush.Urgency;
import id.detak.notify.Message;
import id.detak.notify.Severity;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A browser that shows messages as notifications, also while no page is open (Web Push, RFC 8030). */
@ChannelKind("webpush")
public record PushDevice(Subscription subscription) implements ChannelSettings {

    private static final int MAX_URL = 2000;
    private static final int AUTH_BYTES = 16;
    private static final int TOO_LARGE = 413;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final ECParameterSpec P256 = p256();

    public PushDevice {
        if (subscription == null) {
            throw incomplete();
        }
    }

    private static IllegalArgumentException incomplete() {
        return new IllegalArgumentException(
                "The subscription is not one of a browser: give it as PushManager.subscribe() returned it, with endpoint, keys.p256dh and keys.auth.");
    }

    /**
     * The JSON of the browser's {@code PushSubscription}.
     *
     * @param endpoint where its push service takes messages: a secret address
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Subscription(
            @JsonDeserialize(using = SettingsJson.Url.class) URI endpoint, Keys keys) {

        public Subscription {
            if (endpoint == null
                    || endpoint.toString().length() > MAX_URL
                    || WebUrls.objection(endpoint) != null
                    || keys == null) {
                throw incomplete();
            }
        }
    }

    /**
     * Keys with which only this browser can decrypt, in base64url.
     *
     * @param p256dh its public key: an uncompressed point of the curve P-256
     * @param auth a secret that it shares with Detak
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Keys(String p256dh, String auth) {

        public Keys {
            if (!isOnCurve(bytes(p256dh)) || bytes(auth).length != AUTH_BYTES) {
                throw incomplete();
            }
        }

        private static byte[] bytes(String base64url) {
            try {
                return base64url == null ? new byte[0] : Base64.getUrlDecoder().decode(base64url);
            } catch (IllegalArgumentException e) {
                throw incomplete();
            }
        }

        private static boolean isOnCurve(byte[] point) {
            if (point.length != 65 || point[0] != 4) {
                return false;
            }
            BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
            BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
            EllipticCurve curve = P256.getCurve();
            BigInteger p = ((ECFieldFp) curve.getField()).getP();
            return x.compareTo(p) < 0
                    && y.compareTo(p) < 0
                    && y.pow(2)
                            .mod(p)
                            .equals(x.pow(3)
                                    .add(curve.getA().multiply(x))
                                    .add(curve.getB())
                                    .mod(p));
        }
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, PushNotice.TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        PushNotice notice = PushNotice.of(messages);
        HttpResult result = post(notice, messages, transport, deadline);
        if (result.status() == TOO_LARGE) {
            result = post(notice.withoutText(), messages, transport, deadline);
        }
        if (result.status() == NOT_FOUND || result.status() == GONE) {
            return new SendResult.Gone(
                    result.host() + " answered " + result.status() + ": this device is no longer subscribed.");
        }
        return result.outcome();
    }

    private HttpResult post(PushNotice notice, List<Message> messages, Transport transport, Deadline deadline)
            throws SendException {
        WebPush push = transport.push();
        Severity loudest = MessageText.loudest(messages);
        return transport.postBytes(
                subscription.endpoint,
                push.getHeaders(
                        subscription.endpoint.toString(),
                        (int) lifetime(loudest).toSeconds(),
                        topic(messages),
                        urgency(loudest)),
                push.getBody(
                        transport.json(notice),
                        Keys.bytes(subscription.keys.p256dh),
                        Keys.bytes(subscription.keys.auth)),
                deadline);
    }

    /** How long the push service holds a message for a device that is off. */
    private static Duration lifetime(Severity loudest) {
        return Duration.ofDays(loudest == null || loudest == Severity.INFO ? 1 : 7);
    }

    /** A later message of the alert replaces one that the push service still holds. At most 32 characters. */
    private static String topic(List<Message> messages) {
        return PushNotice.alert(messages) == null
                ? null
                : PushNotice.alert(messages).toString().replace("-", "");
    }

    /** Devices that save power get urgent messages first. */
    private static Urgency urgency(Severity loudest) {
        if (loudest == null) {
            return Urgency.Normal;
        }
        return switch (loudest) {
            case INFO -> Urgency.Low;
            case WARNING -> Urgency.Normal;
            case CRITICAL -> Urgency.High;
        };
    }

    @Override
    public String target() {
        return Redacted.url(subscription.endpoint);
    }

    @Override
    public String toString() {
        return "webpush " + target();
    }
}
