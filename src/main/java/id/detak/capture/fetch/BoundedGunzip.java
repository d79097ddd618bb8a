package id.detak.capture.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates up to the limit, so that a gzip bomb cannot fill the heap. */
final class BoundedGunzip {
    private BoundedGunzip() {}

    /** @throws IOException if it is no gzip, is damaged or incomplete */
    static byte[] inflate(byte[] raw, BodyLimit limit) throws IOException {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        if (raw.length == 0) {
            return raw;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(raw), 8 * 1024)) {
            byte[] chunk = new byte[16 * 1024];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                int room = limit.bytes() - inflated.size();
                inflated.write(chunk, 0, Math.min(n, room));
                if (n > room) {
                    if (!limit.cuts()) {
                        throw new LimitedBody.TooLarge();
                    }
                    return inflated.toByteArray();
                }
            }
        } catch (EOFException e) {
            // a body that was cut at the limit is incomplete by design
            if (!limit.cuts() || raw.length < limit.bytes()) {
                throw e;
            }
        }
        return inflated.toByteArray();
    }
}
