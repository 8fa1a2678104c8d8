package dev.resentry.testsupport.server;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that is started once, by whoever needs it first; one that failed to start fails for everybody. */
final class LazyServer<T> {
    private final Supplier<T> start;
    private @Nullable CompletableFuture<T> started;

    LazyServer(Supplier<T> start) {
        this.start = start;
    }

    /** Begins to start it on a thread of its own, unless that was done before. */
    synchronized CompletableFuture<T> started() {
        if (started == null) {
            var server = new CompletableFuture<T>();
            started = server;
            Thread.ofPlatform().name("start a test server").start(() -> {
                try {
                    server.complete(start.get());
                } catch (RuntimeException | Error e) {
                    server.completeExceptionally(e);
                }
            });
        }
        return started;
    }

    /**
     * The server, once it takes requests.
     *
     * @throws java.util.concurrent.CompletionException if it did not start; its message is the cause's
     */
    T get() {
        return started().join();
    }

    synchronized void ifStarted(Consumer<T> action) {
        if (started != null && !started.isCompletedExceptionally()) {
            action.accept(started.join());
        }
    }
}
