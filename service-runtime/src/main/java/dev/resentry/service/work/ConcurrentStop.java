package dev.resentry.service.work;

import org.springframework.context.SmartLifecycle;

/**
 * Stops beside all others of its phase: a context stops one after the other else, and the stop of a process would take as long as
 * theirs together. The phase is over when all of them are.
 */
public interface ConcurrentStop extends SmartLifecycle {

    @Override
    default void stop(Runnable stopped) {
        Thread.ofVirtual().name("stop").start(() -> {
            try {
                stop();
            } finally {
                stopped.run();
            }
        });
    }
}
