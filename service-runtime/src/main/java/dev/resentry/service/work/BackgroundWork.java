package dev.resentry.service.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work that goes on for as long as its service runs: a worker that the application context starts and stops. */
public abstract class BackgroundWork implements ConcurrentStop {
    private final Duration stopWithin;
    private volatile @Nullable RetryingWorker worker;

    /** @param stopWithin how long the run under way may take when the service stops; then it is interrupted */
    protected BackgroundWork(Duration stopWithin) {
        this.stopWithin = stopWithin;
    }

    /** What does the work; asked for at each start, as a worker is started once. */
    protected abstract RetryingWorker newWorker();

    @Override
    public final void start() {
        RetryingWorker started = newWorker();
        worker = started;
        started.start();
    }

    /** Has the task run again soon, if the work goes on. */
    public final void wake() {
        RetryingWorker current = worker;
        if (current != null) {
            current.wake();
        }
    }

    /** Lets the run under way be the last, because there is nothing more to do. */
    protected final void requestStop() {
        RetryingWorker current = worker;
        if (current != null) {
            current.requestStop();
        }
    }

    @Override
    public final void stop() {
        RetryingWorker current = worker;
        if (current != null) {
            current.stop(stopWithin);
        }
    }

    @Override
    public final boolean isRunning() {
        RetryingWorker current = worker;
        return current != null && !current.isStopping();
    }
}
