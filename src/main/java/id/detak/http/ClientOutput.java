package id.detak.http;

import io.vertx.ext.web.RoutingContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of a streaming response. Quarkus discards writes to a closed connection without an error, so the writer
 * would read all its rows for nothing. Here, the next write fails.
 */
final class ClientOutput extends FilterOutputStream {

    private final RoutingContext context;

    ClientOutput(OutputStream out, RoutingContext context) {
        super(out);
        this.context = context;
    }

    @Override
    public void write(int b) throws IOException {
        requireClient();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireClient();
        out.write(bytes, offset, length);
    }

    private void requireClient() throws IOException {
        if (RequestEnd.isGone(context)) {
            throw new IOException("The client closed the connection.");
        }
    }
}
