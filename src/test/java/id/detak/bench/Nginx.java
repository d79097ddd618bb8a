package id.detak.bench;

import id.detak.testsupport.PackagedDetak;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An nginx on a free port that serves files, configured for speed. */
record Nginx(Process process, int port, Path folder) implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private static final String CONFIGURATION = """
            daemon off;
            # if root starts nginx, its worker would otherwise run as a user who cannot read our folder; ignored for other users
            user root;
            worker_processes 1;
            pid nginx.pid;
            events { worker_connections 256; }
            http {
                access_log off;
                etag on;
                gzip_static on;
                sendfile on;
                tcp_nopush on;
                open_file_cache max=16;
                keepalive_requests 100000000;
                types { application/json json; }
                client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
                server { listen 127.0.0.1:%d; root www; }
            }
            """;

    /** @param files names and contents */
    static Nginx serving(Map<String, byte[]> files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "nginx-");
        Path www = Files.createDirectory(folder.resolve("www"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(www.resolve(file.getKey()), file.getValue());
        }
        int port = PackagedDetak.freePort();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(port));
        Process process = new ProcessBuilder(List.of(
                        PROGRAM.toString(), "-p", folder + "/", "-c", configuration.toString(), "-e", "error.log"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        for (int tries = 0; !answers(port); tries++) {
            if (tries > 100 || !process.isAlive()) {
                process.destroy();
                throw new IOException("nginx did not start: " + Files.readString(folder.resolve("out")));
            }
            Thread.sleep(50);
        }
        return new Nginx(process, port, folder);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
