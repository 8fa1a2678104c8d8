package dev.resentry.service.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class RetryingWorkerTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(1);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getKeyValuePairs().stream()
                    .filter(pair -> pair.key.equals("error"))
                    .map(pair -> event.getMessage() + ": " + pair.value)
                    .findFirst()
                    .orElse(event.getMessage()));
        }
    };

    @BeforeEach
    void listenToTheLog() {
        appender.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(appender);
    }

    @AfterEach
    void leaveTheLog() {
        logger().detachAppender(appender);
        logger().setLevel(null);
    }

    @Test
    void runsAtOnceAndAgainAfterEachInterval() throws InterruptedException {
        var runs = new CountDownLatch(3);
        RetryingWorker worker = worker(SOON, runs::countDown);

        runs.await();

        assertThat(worker.stop(NEVER)).isTrue();
    }

    @Test
    void runsWhenItIsWoken() throws InterruptedException {
        var runs = new Semaphore(0);
        RetryingWorker worker = worker(NEVER, runs::release);
        runs.acquire();

        worker.wake();
        runs.acquire();

        assertThat(worker.stop(NEVER)).isTrue();
    }

    @Test
    void restsForAsLongAsIsSaidBehindEachRun() throws InterruptedException {
        var runs = new Semaphore(0);
        var rests = new AtomicInteger();
        var worker = new RetryingWorker(
                "test-worker",
                "Things wait",
                () -> rests.incrementAndGet() < 3 ? SOON : NEVER,
                Backoff.fixed(SOON),
                runs::release);
        worker.start();

        runs.acquire(3);

        await().until(() -> rests.get() == 3);
        worker.wake();
        runs.acquire();
        assertThat(worker.stop(NEVER)).isTrue();
        assertThat(runs.availablePermits()).isZero();
    }

    @Test
    void aCrowdOfWakeUpsRunsOnceBehindTheGap() throws InterruptedException {
        var runs = new Semaphore(0);
        RetryingWorker worker = worker(NEVER, new RetryingWorker.Task() {
            @Override
            public void run() {
                runs.release();
            }

            @Override
            public Duration gap() {
                return NEVER;
            }
        });
        runs.acquire();

        for (int i = 0; i < 100; i++) {
            worker.wake();
        }

        assertThat(worker.stop(NEVER)).as("a stop does not wait for the gap").isTrue();
        assertThat(runs.availablePermits()).isZero();
    }

    @Test
    void runsAgainForAWakeUpThatComesDuringARun() throws InterruptedException {
        var begun = new Semaphore(0);
        var mayEnd = new Semaphore(0);
        RetryingWorker worker = worker(NEVER, () -> {
            begun.release();
            mayEnd.acquire();
        });
        begun.acquire();

        worker.wake();
        mayEnd.release();
        begun.acquire();

        mayEnd.release();
        assertThat(worker.stop(NEVER)).isTrue();
    }

    @Test
    void triesAgainWhatFailsAndLogsEachNewCauseAndTheRecoveryOnce() {
        List<String> outcomes = List.of("", "no broker", "no broker", "no topic", "no broker", "", "", "no broker", "");
        var runs = new AtomicInteger();
        RetryingWorker worker = worker(SOON, () -> {
            int run = runs.getAndIncrement();
            if (run < outcomes.size() && !outcomes.get(run).isEmpty()) {
                throw new IllegalStateException("outer", new IllegalStateException(outcomes.get(run)));
            }
        });

        await().until(() -> runs.get() > outcomes.size());
        worker.stop(NEVER);

        assertThat(log)
                .containsExactly(
                        "Things wait; trying again: no broker",
                        "Things wait; trying again: no topic",
                        "Things wait; trying again: no broker",
                        "Works again",
                        "Things wait; trying again: no broker",
                        "Works again");
    }

    @Test
    void aStopEndsTheBackOffAndIsNoFailure() throws InterruptedException {
        var failed = new CountDownLatch(1);
        var worker = new RetryingWorker("test-worker", "Things wait", SOON, Backoff.fixed(NEVER), () -> {
            failed.countDown();
            throw new IllegalStateException("no broker");
        });
        worker.start();
        failed.await();

        assertThat(worker.stop(NEVER)).isTrue();

        assertThat(log).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void finishesOnItsOwnThreadAfterTheLastRun() {
        List<String> calls = new CopyOnWriteArrayList<>();
        var worker =
                new RetryingWorker("test-worker", "Things wait", NEVER, Backoff.fixed(SOON), new RetryingWorker.Task() {
                    @Override
                    public void run() {
                        calls.add("run on " + Thread.currentThread().getName());
                    }

                    @Override
                    public void finish() {
                        calls.add("finish on " + Thread.currentThread().getName());
                        throw new IllegalStateException("cannot");
                    }
                });
        worker.start();
        await().until(() -> !calls.isEmpty());

        assertThat(worker.stop(NEVER)).isTrue();

        assertThat(calls).containsExactly("run on test-worker", "finish on test-worker");
        assertThat(log).containsExactly("Did not stop cleanly: cannot");
    }

    @Test
    void aTaskEndsItsWorkerByItself() {
        var runs = new AtomicInteger();
        var holder = new RetryingWorker[1];
        holder[0] = new RetryingWorker("test-worker", "Things wait", Duration.ZERO, Backoff.fixed(SOON), () -> {
            if (runs.incrementAndGet() == 3) {
                holder[0].requestStop();
            }
        });
        holder[0].start();

        await().until(() -> threads("test-worker") == 0);

        assertThat(runs).hasValue(3);
    }

    @Test
    void aTaskThatDoesNotEndIsInterruptedAndThenLeftToItself() throws InterruptedException {
        var begun = new CountDownLatch(1);
        RetryingWorker interruptible = worker(NEVER, () -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        begun.await();

        assertThat(interruptible.stop(Duration.ZERO)).isTrue();

        var stubbornBegun = new CountDownLatch(1);
        var mayEnd = new Semaphore(0);
        RetryingWorker stubborn = worker(NEVER, () -> {
            stubbornBegun.countDown();
            mayEnd.acquireUninterruptibly();
        });
        stubbornBegun.await();

        assertThat(stubborn.stop(Duration.ZERO)).isFalse();

        mayEnd.release();
        await().until(() -> threads("test-worker") == 0);
        assertThat(log).isEmpty();
    }

    @Test
    void aWorkerThatWasNeverStartedIsStopped() {
        var worker = new RetryingWorker("test-worker", "Things wait", NEVER, Backoff.fixed(SOON), () -> {});

        assertThat(worker.stop(NEVER)).isTrue();
    }

    private static RetryingWorker worker(Duration interval, RetryingWorker.Task task) {
        var worker = new RetryingWorker("test-worker", "Things wait", interval, Backoff.fixed(SOON), task);
        worker.start();
        return worker;
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(RetryingWorker.class);
    }
}
