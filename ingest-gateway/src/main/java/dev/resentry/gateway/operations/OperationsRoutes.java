package dev.resentry.gateway.operations;

import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.service.health.Health;
import dev.resentry.service.metrics.MetricsPage;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /metrics} (Prometheus), with and without the final
 * slash. Everything else is handed on.
 */
public final class OperationsRoutes implements FallbackHandler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Logger LOG = LoggerFactory.getLogger(OperationsRoutes.class);
    private static final String JSON_TYPE = "application/json";

    private static final int PIECE = 32 * 1024;

    private final Health health;
    private final MetricsPage metrics;
    private final Executor executor;
    private final FallbackHandler others;

    /**
     * @param executor runs the checks, which may take seconds
     * @param others takes what is not for operators
     */
    public OperationsRoutes(Health health, PrometheusMeterRegistry metrics, Executor executor, FallbackHandler others) {
        this.health = health;
        this.metrics = new MetricsPage(metrics::scrape, System::nanoTime);
        this.executor = executor;
        this.others = others;
    }

    /** Says of every path that there is nothing. */
    public static FallbackHandler nothingElse() {
        return (connection, request, done) ->
                new Answering(connection, request, done, Page.error(404, "not_found", "there is no such path"));
    }

    @Override
    public Exchange open(ChannelHandlerContext connection, HttpRequest request, Done done) {
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return switch (reads ? path(request.uri()) : "") {
            case "/health", "/health/live" ->
                new Answering(
                        connection, request, done, new Page(200, JSON_TYPE, JSON.writeValueAsBytes(health.live())));
            case "/health/ready" -> answeringLater(connection, request, done, this::readiness);
            case "/metrics" ->
                answeringLater(connection, request, done, () -> new Page(200, MetricsPage.CONTENT_TYPE, metrics.get()));
            default -> others.open(connection, request, done);
        };
    }

    /** With a page that takes a while to make; one that cannot be made must not leave whoever asks without an answer. */
    private Exchange answeringLater(
            ChannelHandlerContext connection, HttpRequest request, Done done, Supplier<Page> making) {
        var answering = new Answering(connection, request, done, null);
        executor.execute(() -> {
            try {
                answering.page(making.get());
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("path", path(request.uri()))
                        .setCause(e)
                        .log("A page could not be made");
                answering.page(Page.error(503, "unavailable", "the page could not be made; the log says why"));
            }
        });
        return answering;
    }

    private Page readiness() {
        Health.Readiness readiness = health.ready();
        return new Page(readiness.httpStatus(), JSON_TYPE, JSON.writeValueAsBytes(readiness));
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
    private record Page(int status, String type, byte[] body) {
        static Page error(int status, String error, String message) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("error", error);
            fields.put("message", message);
            fields.put("status_code", status);
            fields.put("details", Map.of());
            return new Page(status, JSON_TYPE, JSON.writeValueAsBytes(fields));
        }
    }

    /**
     * Answers once the request is complete and its page is there, whichever comes last; in pieces, as fast as they are read,
     * as what is written is copied for each reader. On the connection's event loop.
     */
    private static final class Answering implements Exchange {
        private final ChannelHandlerContext connection;
        private final boolean keepAlive;
        private final boolean oldProtocol;
        private final Done done;
        private @Nullable Page page;
        private boolean complete;
        private boolean begun;
        private boolean writing;
        private int written;
        private boolean over;

        Answering(ChannelHandlerContext connection, HttpRequest request, Done done, @Nullable Page page) {
            this.connection = connection;
            this.keepAlive = HttpUtil.isKeepAlive(request);
            this.oldProtocol = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
            this.done = done;
            this.page = page;
        }

        /** Hands in the page, from any thread. */
        void page(Page made) {
            connection.executor().execute(() -> {
                page = made;
                answerIfReady();
            });
        }

        @Override
        public void content(HttpContent content) {
            complete |= content instanceof LastHttpContent;
            content.release();
            answerIfReady();
        }

        @Override
        public void writabilityChanged() {
            if (begun) {
                answerIfReady();
            }
        }

        @Override
        public void abandoned() {
            over = true;
        }

        private void answerIfReady() {
            Page ready = page;
            if (over || writing || !complete || ready == null) {
                return;
            }
            if (!begun) {
                begun = true;
                var _ = connection.write(head(ready), connection.voidPromise());
            }
            writing = true;
            byte[] body = ready.body();
            while (written < body.length && connection.channel().isWritable()) {
                int count = Math.min(PIECE, body.length - written);
                ByteBuf piece = Unpooled.wrappedBuffer(body, written, count);
                written += count;
                var _ = connection.writeAndFlush(new DefaultHttpContent(piece), connection.voidPromise());
            }
            writing = false;
            if (written == body.length) {
                over = true;
                var _ = connection.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, connection.voidPromise());
                done.answered(keepAlive);
            }
        }

        private HttpResponse head(Page ready) {
            var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(ready.status()));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, ready.type())
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, ready.body().length);
            if (!keepAlive) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (oldProtocol) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
            return response;
        }
    }
}
