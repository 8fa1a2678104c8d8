package dev.resentry.benchmarks;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
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
                .serviceUnder("/", new Answering())
                .build()
                .start()
                .join();
        System.out.println("ready");
        BareHttp.serveUntilStopped();
    }

    private static final class Answering implements HttpService {
        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
            return HttpResponse.of(request.aggregate().thenApply(Answering::answer));
        }

        /** Bodies and answers are wanted whole; otherwise each goes through a stream of its own. */
        @Override
        public ExchangeType exchangeType(RoutingContext context) {
            return ExchangeType.UNARY;
        }

        private static HttpResponse answer(AggregatedHttpRequest request) {
            byte[] body = request.content().array();
            return HttpResponse.of(
                    body.length > 0 ? HttpStatus.OK : HttpStatus.BAD_REQUEST, MediaType.JSON, NettyServer.ANSWER);
        }
    }
}
