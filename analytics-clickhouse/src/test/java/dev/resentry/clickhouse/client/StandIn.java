package dev.resentry.clickhouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Speaks as ClickHouse does, and has nothing in it. */
public final class StandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile UnaryOperator<String> answer = _ -> "{\"data\":[[0]]}";

    private volatile Predicate<String> refused = _ -> false;

    /** A request: its options as they are sent, decoded, its body, and who asks. */
    public record Asked(String options, String body, String authorization) {}

    public StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(new Asked(
                    URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8),
                    body,
                    exchange.getRequestHeaders().getFirst("Authorization")));
            boolean isRefused = refused.test(body);
            byte[] said = (isRefused ? "Code: 27. DB::Exception: Cannot parse input: " + body : answer.apply(body))
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(isRefused ? 400 : status, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ClickHouseSettings settings() {
        return new ClickHouseSettings(url(), "me", "secret", "copy", false);
    }

    public ClickHouseClient client() {
        return new ClickHouseClient(settings());
    }

    public StandIn answers(int newStatus, UnaryOperator<String> newAnswer) {
        status = newStatus;
        answer = newAnswer;
        return this;
    }

    /** Refuses bodies as nothing that it takes. */
    public StandIn refuses(Predicate<String> bodies) {
        refused = bodies;
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
