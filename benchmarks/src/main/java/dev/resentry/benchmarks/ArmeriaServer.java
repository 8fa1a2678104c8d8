package dev.resentry.benchmarks;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.netty.channel.ChannelOption;

/** Armeria without its decorators and annotated services. */
final class ArmeriaServer {
    private ArmeriaServer() {}

    static void serve(int port) {
        Server.builder()
                .http(port)
                .workerGroup(Runtime.getRuntime().availableProcessors())
                .channelOption(ChannelOption.SO_BACKLOG, 4096)
                .disableServerHeader()
                .disableDateHeader()
                .serviceUnder(
                        "/", (_, request) -> HttpResponse.of(request.aggregate().thenApply(ArmeriaServer::answer)))
                .build()
                .start()
                .join();
        System.out.println("ready");
        BareHttp.serveUntilStopped();
    }

    private static HttpResponse answer(AggregatedHttpRequest request) {
        byte[] body = request.content().array();
        return HttpResponse.of(
                body.length > 0 ? HttpStatus.OK : HttpStatus.BAD_REQUEST, MediaType.JSON, NettyServer.ANSWER);
    }
}
