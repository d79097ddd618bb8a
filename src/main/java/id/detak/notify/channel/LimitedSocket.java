package id.detak.notify.channel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/** Ends a connection on which the other side says more than a mail server has to say: Angus gathers answers of any length. */
final class LimitedSocket extends Socket {
    private static final int MOST = 256 * 1024;

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
        private int left = MOST;

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
                throw new IOException("too much");
            }
        }
    }
}
