package dev.resentry.benchmarks;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** (a) An HTTP server alone: it reads the body into memory as the gateway does, and answers the same. */
@Command(name = "bare-http", hidden = true)
final class BareHttp implements Runnable {
    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--server", defaultValue = "NETTY")
    private Server server = Server.NETTY;

    /** Whose server, and which threads handle requests. */
    enum Server {
        NETTY("Netty, event loops"),
        VERTX("Vert.x, event loops"),
        ARMERIA("Armeria, event loops"),
        JETTY("Jetty, its threads"),
        JETTY_VIRTUAL("Jetty, virtual threads"),
        TOMCAT("Tomcat, its threads"),
        TOMCAT_VIRTUAL("Tomcat, virtual threads");

        private final String description;

        Server(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    @Override
    public void run() {
        switch (server) {
            case NETTY -> NettyServer.serve(port);
            case VERTX -> VertxServer.serve(port);
            case ARMERIA -> ArmeriaServer.serve(port);
            case JETTY -> JettyServer.serve(port, false);
            case JETTY_VIRTUAL -> JettyServer.serve(port, true);
            case TOMCAT -> TomcatServer.serve(port, false);
            case TOMCAT_VIRTUAL -> TomcatServer.serve(port, true);
        }
    }

    /** For servers whose threads are daemons, or that offer nothing to wait for. */
    static void serveUntilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
