package id.detak.notify.channel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/** Fails if the server sends more than a mail server needs to, because Angus collects answers of any length. */
final class LimitedSocket extends Socket {
    private static final int MAX_BYTES = 256 * 1024;

    private InputStream in;

    LimitedSocket() {
        super(Proxy.NO_PROXY);
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new Counted(super.getInputStream());
        }
        return in;
    }

    private static final class Counted extends FilterInputStream {
        private int left = MAX_BYTES;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("The server sent too much.");
            }
        }
    }
}
