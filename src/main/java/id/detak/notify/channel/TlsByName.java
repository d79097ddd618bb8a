package id.detak.notify.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Adds TLS to an existing connection for one host: the certificate must match that host, whatever the name of the
 * connected address. It opens no connections, so nothing can be reached through it that was not checked.
 */
final class TlsByName extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final String host;

    TlsByName(SSLSocketFactory factory, String host) {
        this.factory = factory;
        this.host = host;
    }

    @Override
    public SSLSocket createSocket(Socket connected, String ignored, int port, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, port, autoClose);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("This factory opens no connections.");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new IOException("This factory opens no connections.");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException("This factory opens no connections.");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw new IOException("This factory opens no connections.");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }
}
