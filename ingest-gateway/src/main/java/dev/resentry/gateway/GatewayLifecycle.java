package dev.resentry.gateway;

import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.project.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Listens last and stops listening first, so that nothing a request needs is gone before its answer. A port that is open is
 * all that a proxy without health checks goes by: it opens when the projects are known, unless that takes too long for
 * operators to learn from the health page what is missing.
 */
final class GatewayLifecycle implements SmartLifecycle {
    private static final Duration LOOK_AFTER = Duration.ofMillis(10);

    private final GatewayServer server;
    private final ProjectDirectory projects;
    private final DrainingCheck draining;
    private final Duration awaitProjects;
    private volatile boolean running;

    /** @param awaitProjects how long to wait for the projects at most */
    GatewayLifecycle(GatewayServer server, ProjectDirectory projects, DrainingCheck draining, Duration awaitProjects) {
        this.awaitProjects = awaitProjects;
        this.server = server;
        this.projects = projects;
        this.draining = draining;
    }

    @Override
    public void start() {
        letProjectsCome();
        try {
            server.start();
            running = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void letProjectsCome() {
        long deadline = System.nanoTime() + awaitProjects.toNanos();
        try {
            while (!projects.isComplete() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_AFTER);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        draining.begin();
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
