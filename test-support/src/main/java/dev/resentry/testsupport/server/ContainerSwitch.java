package dev.resentry.testsupport.server;

import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.testcontainers.containers.GenericContainer;

/** Stops and starts a container without losing it, at a port of the host that stays the same. */
final class ContainerSwitch {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

    private final GenericContainer<?> container;
    private final Callable<Boolean> answers;

    /**
     * @param port of the container
     * @param answers whether the server takes requests; may throw while it does not
     */
    ContainerSwitch(GenericContainer<?> container, int port, Callable<Boolean> answers) {
        this.container = container;
        this.answers = answers;
        // A port that Docker chooses would be another one after each stop.
        container.setPortBindings(List.of("%d:%d".formatted(FreePort.find(), port)));
    }

    void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    /** Returns when the server takes requests. */
    void start() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        await().atMost(ANSWERS_WITHIN).ignoreExceptions().until(answers);
    }
}
