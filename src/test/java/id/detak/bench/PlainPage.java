package id.detak.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The reference page: it only draws one line with the complete ECharts, like the first example of its handbook. */
final class PlainPage implements AutoCloseable {

    private static final String ECHARTS = "META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final String HTML = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>plain</title><script src="/echarts.js"></script></head>
            <body><div id="chart" style="width:1200px;height:400px"></div><script>
            const chart = echarts.init(document.getElementById('chart'));
            fetch('/history.json').then((answer) => answer.json()).then(({ points }) => {
              const data = points.t.map((t, i) => [t, points.close[i]]);
              chart.setOption({ animation: false, tooltip: { trigger: 'axis' }, xAxis: { type: 'time' }, yAxis: { type: 'value', scale: true }, series: [{ type: 'line', showSymbol: false, data }] });
              document.getElementById('chart').dataset.drawn = `LQ45 ${data.length}`;
            });
            </script></body></html>
            """;

    private final HttpServer server;

    /** @param history the response of the API */
    PlainPage(byte[] history) throws IOException {
        Map<String, byte[]> files = Map.of(
                "/",
                gzip(HTML.getBytes(StandardCharsets.UTF_8)),
                "/echarts.js",
                gzip(echarts()),
                "/history.json",
                gzip(history));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, files));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void answer(HttpExchange exchange, Map<String, byte[]> files) throws IOException {
        try (exchange) {
            byte[] body = files.get(exchange.getRequestURI().getPath());
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            path.endsWith(".js")
                                    ? "text/javascript"
                                    : path.endsWith(".json") ? "application/json" : "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] echarts() throws IOException {
        try (InputStream script = PlainPage.class.getClassLoader().getResourceAsStream(ECHARTS)) {
            return script.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
