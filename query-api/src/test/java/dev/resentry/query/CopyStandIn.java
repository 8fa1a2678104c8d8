package dev.resentry.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A copy in ClickHouse with a single event, and with no sessions. */
public final class CopyStandIn {
    public static final String EVENT_ID = "9fb1c9f2a36b4d2c8b0f3a5d6e7f8091";

    private static final String ROW = """
            ["%s", "shop", 7, 1795000000000000, 1795000001000000, "error", "Boom", null, "Boom", "python", "shop@1.0", "production",
             null, "ValueError", 1795000001000000, "9fb1c9f2-a36b-4d2c-8b0f-3a5d6e7f8091"]
            """.formatted(EVENT_ID);

    private static final HttpServer SERVER = start();

    private CopyStandIn() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort();
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                byte[] answer = "{\"data\":[%s]}"
                        .formatted(asked.contains("FROM events FINAL") ? ROW : "")
                        .getBytes(UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
