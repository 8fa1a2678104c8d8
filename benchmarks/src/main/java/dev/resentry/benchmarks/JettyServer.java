package dev.resentry.benchmarks;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty without servlets, which is its faster face. */
final class JettyServer {
    private JettyServer() {}

    static void serve(int port, boolean virtualThreads) {
        var threads = new QueuedThreadPool();
        if (virtualThreads) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        var server = new Server(threads);
        var connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setPort(port);
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                ByteBuffer body = Content.Source.asByteBuffer(request);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, NettyServer.ANSWER.length);
                response.setStatus(body.hasRemaining() ? 200 : 400);
                response.write(true, ByteBuffer.wrap(NettyServer.ANSWER), callback);
                return true;
            }
        });
        try {
            server.start();
            System.out.println("ready");
            server.join();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not start", e);
        }
    }
}
