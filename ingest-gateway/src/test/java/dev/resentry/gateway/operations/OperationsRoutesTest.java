package dev.resentry.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.service.health.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page that is written faster than its reader reads. */
class OperationsRoutesTest {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelDuplexHandler());
    private final ChannelHandlerContext connection = channel.pipeline().firstContext();
    private final List<Boolean> done = new ArrayList<>();
    private final OperationsRoutes routes = new OperationsRoutes(
            new Health(List.of(), List.of()), meters, Runnable::run, OperationsRoutes.nothingElse());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aPageThatIsNotReadIsNotWritten() {
        for (int i = 0; i < 2_000; i++) {
            Counter.builder("a.counter.with.a.long.name").tag("number", "n" + i).register(meters);
        }
        readable(false);
        FallbackHandler.Exchange exchange = routes.open(
                connection, new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/metrics"), done::add);
        exchange.content(LastHttpContent.EMPTY_LAST_CONTENT);
        channel.runPendingTasks();
        channel.flushOutbound();
        assertThat(pieces()).as("while nobody reads").isEmpty();
        assertThat(done).isEmpty();

        readable(true);
        exchange.writabilityChanged();

        List<byte[]> pieces = pieces();
        assertThat(done).containsExactly(true);
        assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> piece.length <= 32 * 1024);
        var page = new StringBuilder();
        pieces.forEach(piece -> page.append(new String(piece, UTF_8)));
        assertThat(page).hasToString(meters.scrape());
        exchange.writabilityChanged();
        assertThat(pieces()).as("behind the end").isEmpty();
    }

    private void readable(boolean readable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, readable);
    }

    /** What was written of bodies since it was last asked. */
    private List<byte[]> pieces() {
        List<byte[]> pieces = new ArrayList<>();
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            if (message instanceof HttpContent content) {
                byte[] piece = new byte[content.content().readableBytes()];
                content.content().readBytes(piece);
                content.release();
                if (piece.length > 0) {
                    pieces.add(piece);
                }
            } else {
                assertThat(message).isInstanceOf(HttpResponse.class);
            }
        }
        return pieces;
    }
}
