package dev.resentry.gateway;

import dev.resentry.gateway.http.GatewayServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.SmartLifecycle;

/** Listens last and stops listening first, so that nothing a request needs is gone before its answer. */
final class GatewayLifecycle implements SmartLifecycle {
    private final GatewayServer server;
    private volatile boolean running;

    GatewayLifecycle(GatewayServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        try {
            server.start();
            running = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        running = false;
        server.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
