package dev.resentry.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** Vert.x without its router, a server for each event loop. */
final class VertxServer {
    private VertxServer() {}

    static void serve(int port) {
        int loops = Runtime.getRuntime().availableProcessors();
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
        vertx.deployVerticle(
                        () -> context -> server(context.owner()).listen(port),
                        new DeploymentOptions().setInstances(loops))
                .await();
        System.out.println("ready");
        BareHttp.serveUntilStopped();
    }

    private static HttpServer server(Vertx vertx) {
        return vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
                .requestHandler(request -> request.body().compose(body -> answer(request, body.getBytes())));
    }

    private static Future<Void> answer(HttpServerRequest request, byte[] body) {
        return request.response()
                .setStatusCode(body.length > 0 ? 200 : 400)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(NettyServer.ANSWER));
    }
}
