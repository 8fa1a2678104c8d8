package dev.resentry.storage.signal;

import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes workers when there is work for them: a trigger of each table that holds work notifies this process, which listens on a
 * connection of its own, when the transaction that made the work is committed. Whoever relies on it looks by itself too, now and then
 * ({@link #rest}): what is told while no connection stands is told to nobody, so that all are woken when there is one again.
 */
public final class WorkSignals implements SmartLifecycle {
    /** How long a worker rests at most, so that a signal that is lost costs no more. */
    public static final Duration SAFETY_NET = Duration.ofSeconds(30);

    private static final String LISTEN = "LISTEN resentry_work";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    /** A peer that is gone without a word is noticed after this and {@link #ANSWER_WITHIN_SECONDS}. */
    private static final int ASK_AFTER_MILLIS = 20_000;

    private static final int ANSWER_WITHIN_SECONDS = 5;

    private final DataSource connections;
    private final Map<Work, List<Runnable>> listeners = new EnumMap<>(Work.class);
    private volatile @Nullable RetryingWorker worker;
    private volatile @Nullable Connection listening;

    /** @param connections makes a connection each time, as the one that listens is never given back */
    public WorkSignals(DataSource connections) {
        this.connections = connections;
        for (Work work : Work.values()) {
            listeners.put(work, new CopyOnWriteArrayList<>());
        }
    }

    /** Has a worker woken when there is such work. It must not block. */
    public void on(Work work, Runnable wake) {
        of(work).add(wake);
    }

    /**
     * How long a worker may rest that is woken by signals.
     *
     * @param unsignalled how long it rests while nobody would wake it
     */
    public Duration rest(Duration unsignalled) {
        return listening == null ? unsignalled : SAFETY_NET;
    }

    @Override
    public void start() {
        var started = new RetryingWorker(
                "work-signals", "Workers look for work now and then", Duration.ZERO, BACKOFF, this::listen);
        worker = started;
        started.start();
    }

    /** What waits for a signal is not interrupted by anything but the end of its connection. */
    @Override
    public void stop() {
        RetryingWorker current = worker;
        worker = null;
        if (current != null) {
            current.requestStop();
            abort(listening);
            current.stop(STOP_WITHIN);
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    /** Before the workers, and stopped behind them. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void listen() throws SQLException {
        try (Connection connection = connections.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LISTEN);
            }
            listeners.values().forEach(WorkSignals::wake);
            listening = connection;
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (isRunning()) {
                PGNotification[] notifications = notified.getNotifications(ASK_AFTER_MILLIS);
                if (notifications == null || notifications.length == 0) {
                    if (isRunning() && !connection.isValid(ANSWER_WITHIN_SECONDS)) {
                        throw new SQLException("no answer within %d s".formatted(ANSWER_WITHIN_SECONDS));
                    }
                    continue;
                }
                for (PGNotification notification : notifications) {
                    Work.ofTable(notification.getParameter()).map(this::of).ifPresent(WorkSignals::wake);
                }
            }
        } finally {
            listening = null;
        }
    }

    private List<Runnable> of(Work work) {
        List<Runnable> ofWork = listeners.get(work);
        if (ofWork == null) {
            throw new IllegalArgumentException("work: " + work);
        }
        return ofWork;
    }

    private static void wake(List<Runnable> workers) {
        workers.forEach(Runnable::run);
    }

    private static void abort(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException _) {
                // It is closed already, which is all that was wanted.
            }
        }
    }
}
