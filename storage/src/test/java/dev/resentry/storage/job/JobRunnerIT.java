package dev.resentry.storage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobRunnerIT {
    private static final Set<String> KINDS = Set.of("count");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static JobStore jobs;

    @BeforeAll
    static void start() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        jobs = new JobStore(jdbc);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void noJobs() {
        jdbc.sql("TRUNCATE jobs CASCADE").update();
    }

    @Test
    void aJobIsDoneStepByStepAndShowsHowFarItIs() {
        long id = jobs.enqueue("count", "{\"to\": 3}", "ada@example.com");
        List<Job> seen = new ArrayList<>();

        boolean worked = runner(job -> {
                    seen.add(jobs.find(id).orElseThrow());
                    return upTo(3, job);
                })
                .runNext(() -> false);

        assertThat(worked).isTrue();
        assertThat(seen).extracting(job -> job.progress().done()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(seen)
                .allSatisfy(job -> assertThat(job.state())
                        .isInstanceOfSatisfying(
                                JobState.Running.class,
                                running -> assertThat(running.leaseUntil()).isAfter(Instant.now())));
        Job done = jobs.find(id).orElseThrow();
        assertThat(done.state())
                .isInstanceOfSatisfying(
                        JobState.Succeeded.class,
                        succeeded -> assertThat(succeeded.resultJson()).isEqualTo("{\"counted\": 3}"));
        assertThat(done.createdBy()).isEqualTo("ada@example.com");
        assertThat(done.parametersJson()).isEqualTo("{\"to\": 3}");
        assertThat(runner(job -> upTo(3, job)).runNext(() -> false))
                .as("there is no other")
                .isFalse();
    }

    @Test
    void aJobWhoseHolderDiedContinuesWhereItStopped() {
        long id = jobs.enqueue("count", "{}", "system");
        Job held = jobs.take("dead", KINDS, Duration.ofHours(1)).orElseThrow();
        assertThat(runner(job -> upTo(3, job)).runNext(() -> false))
                .as("while the lease lasts")
                .isFalse();
        assertThat(jobs.advance(held.id(), "dead", new JobStep.Advanced(new JobProgress(2, 3L)), Duration.ofMillis(1)))
                .isPresent();
        List<Long> from = new ArrayList<>();

        await().until(() -> runner(job -> {
                    from.add(job.progress().done());
                    return upTo(3, job);
                })
                .runNext(() -> false));

        assertThat(from).containsExactly(2L, 3L);
        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOf(JobState.Succeeded.class);
    }

    @Test
    void aHolderThatLostItsLeaseChangesNothing() {
        long id = jobs.enqueue("count", "{}", "system");
        assertThat(jobs.take("slow", KINDS, Duration.ofMillis(1))).isPresent();
        await().until(() -> jobs.take("next", KINDS, Duration.ofHours(1)).isPresent());

        assertThat(jobs.advance(id, "slow", new JobStep.Advanced(new JobProgress(7, null)), Duration.ofHours(1)))
                .isEmpty();
        assertThat(jobs.finish(id, "slow", null)).isFalse();
        assertThat(jobs.fail(id, "slow", "too slow", null)).isFalse();
        assertThat(jobs.retry(id, "slow", "too slow", Duration.ZERO)).isFalse();
        assertThat(jobs.putBack(id, "slow", Duration.ZERO)).isFalse();

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.progress()).isEqualTo(new JobProgress(0, null));
        assertThat(job.state())
                .isInstanceOfSatisfying(
                        JobState.Running.class,
                        running -> assertThat(running.owner()).isEqualTo("next"));
    }

    @Test
    void concurrentWorkersTakeDifferentJobsOldestFirst() {
        long first = jobs.enqueue("count", "{}", "system");
        long second = jobs.enqueue("count", "{}", "system");
        jobs.enqueue("of another kind", "{}", "system");

        Optional<Job> one = jobs.take("one", KINDS, Duration.ofHours(1));
        Optional<Job> two = jobs.take("two", KINDS, Duration.ofHours(1));
        Optional<Job> none = jobs.take("three", KINDS, Duration.ofHours(1));

        assertThat(one).map(Job::id).contains(first);
        assertThat(two).map(Job::id).contains(second);
        assertThat(none).isEmpty();
    }

    @Test
    void aStepThatFailsIsTriedAgainAfterAPauseAndTheJobSaysWhy() {
        long id = jobs.enqueue("count", "{}", "system");
        var broken = new AtomicBoolean(true);
        JobRunner runner = runner(job -> {
            if (broken.get()) {
                throw new IllegalStateException("no paper");
            }
            return upTo(1, job);
        });

        runner.runNext(() -> false);

        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOfSatisfying(JobState.Queued.class, queued -> {
            assertThat(queued.failure()).isEqualTo("no paper");
            assertThat(queued.availableAt()).isAfter(Instant.now());
        });
        assertThat(runner.runNext(() -> false)).as("not at once").isFalse();
        broken.set(false);
        endPauses();
        assertThat(runner.runNext(() -> false)).isTrue();
        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOf(JobState.Succeeded.class);
    }

    @Test
    void aJobThatFailsAgainAndAgainHasFailed() {
        long id = jobs.enqueue("count", "{}", "system");
        JobRunner runner = runner(_ -> {
            throw new IllegalStateException("no paper");
        });

        int tries = 0;
        while (runner.runNext(() -> false)) {
            tries++;
            endPauses();
        }

        assertThat(tries).isEqualTo(JobRunner.MAX_FAILED_STEPS);
        assertThat(jobs.find(id).orElseThrow().state())
                .isInstanceOfSatisfying(
                        JobState.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo("no paper"));
        assertThat(jobs.findOpen("count", "{}")).isEmpty();
    }

    @Test
    void aJobThatFailsForGoodDoesWhatItHasToBeforeAndKeepsItsFailure() {
        long id = jobs.enqueue("count", "{}", "system");
        List<String> done = new ArrayList<>();
        var runner = new JobRunner(jobs, List.of(new JobHandler() {
            @Override
            public String kind() {
                return "count";
            }

            @Override
            public JobStep step(Job job) {
                done.add(String.valueOf(job.stateJson()));
                if (job.stateJson() == null) {
                    throw new IllegalStateException("no paper");
                }
                return new JobStep.Failed("no paper", "{\"cleaned\": true}");
            }

            @Override
            public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
                return Optional.of(new JobStep.Advanced(
                        job.progress(), "{\"failure\": \"%s\"}".formatted(failure), Duration.ZERO));
            }
        }));

        while (runner.runNext(() -> false)) {
            endPauses();
        }

        assertThat(done).hasSize(JobRunner.MAX_FAILED_STEPS + 1).last().isEqualTo("{\"failure\": \"no paper\"}");
        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOfSatisfying(JobState.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo("no paper");
            assertThat(failed.resultJson()).isEqualTo("{\"cleaned\": true}");
        });
    }

    @Test
    void aStoppedOrWaitingJobIsReleased() {
        long id = jobs.enqueue("count", "{}", "system");
        var stopping = new AtomicBoolean();

        runner(job -> {
                    stopping.set(true);
                    return upTo(3, job);
                })
                .runNext(stopping::get);

        Job stopped = jobs.find(id).orElseThrow();
        assertThat(stopped.state()).isInstanceOf(JobState.Queued.class);
        assertThat(stopped.progress()).isEqualTo(new JobProgress(1, 3L));

        runner(_ -> new JobStep.Waiting(Duration.ofHours(1))).runNext(() -> false);

        assertThat(jobs.find(id).orElseThrow().state())
                .isInstanceOfSatisfying(
                        JobState.Queued.class,
                        queued -> assertThat(queued.availableAt())
                                .isAfter(Instant.now().plusSeconds(3_000)));
    }

    @Test
    void aJobThatIsPausedRestsBehindItsStepAndContinuesFromThereWhenItIsResumed() {
        long id = jobs.enqueue("count", "{}", "system");
        List<String> notes = new ArrayList<>();
        JobRunner runner = runner(job -> {
            notes.add(String.valueOf(job.stateJson()));
            if (job.progress().done() == 0) {
                assertThat(jobs.pause(id, "ada@example.com")).isTrue();
            }
            return job.progress().done() == 2
                    ? new JobStep.Finished(null)
                    : new JobStep.Advanced(
                            new JobProgress(job.progress().done() + 1, 2L), "{\"at\": 1}", Duration.ZERO);
        });

        runner.runNext(() -> false);

        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(new JobState.Paused("ada@example.com"));
        assertThat(runner.runNext(() -> false)).as("while it is paused").isFalse();
        assertThat(jobs.pause(id, "ada@example.com")).isFalse();
        assertThat(jobs.resume(id)).isTrue();
        assertThat(runner.runNext(() -> false)).isTrue();
        assertThat(notes).containsExactly("null", "{\"at\": 1}", "{\"at\": 1}");
        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(jobs.resume(id)).isFalse();
    }

    @Test
    void aJobThatIsCancelledDoesWhatItHasToAndEnds() {
        long id = jobs.enqueue("count", "{}", "system");
        List<String> done = new ArrayList<>();
        var runner = new JobRunner(jobs, List.of(new JobHandler() {
            @Override
            public String kind() {
                return "count";
            }

            @Override
            public JobStep step(Job job) {
                done.add("step");
                assertThat(jobs.cancel(id, "ada@example.com")).isTrue();
                return new JobStep.Advanced(new JobProgress(1, null));
            }

            @Override
            public JobStep cancel(Job job) {
                done.add("clean up");
                return done.size() < 3 ? new JobStep.Advanced(job.progress()) : new JobStep.Finished("{\"steps\": 1}");
            }
        }));

        runner.runNext(() -> false);

        assertThat(done).containsExactly("step", "clean up", "clean up");
        assertThat(jobs.find(id).orElseThrow().state()).isInstanceOfSatisfying(JobState.Cancelled.class, cancelled -> {
            assertThat(cancelled.by()).isEqualTo("ada@example.com");
            assertThat(cancelled.resultJson()).isEqualTo("{\"steps\": 1}");
        });
        assertThat(jobs.cancel(id, "ada@example.com")).isFalse();
        assertThat(runner.runNext(() -> false)).as("nothing is left").isFalse();
    }

    @Test
    void listsTheNewestFirst() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(jobs.enqueue("count", "{\"n\": %d}".formatted(i), "system"));
        }

        var page = jobs.list(VisibleProjects.ALL, Long.MAX_VALUE, 3);

        assertThat(page.entries()).extracting(Job::id).isEqualTo(ids.subList(0, 3));
        assertThat(page.hasMore()).isTrue();
        var rest = jobs.list(VisibleProjects.ALL, page.entries().getLast().id(), 3);
        assertThat(rest.entries()).extracting(Job::id).isEqualTo(ids.subList(3, 5));
        assertThat(rest.hasMore()).isFalse();
        assertThat(jobs.findOpen("count", "{\"n\": 2}")).contains(ids.get(2));
    }

    private static JobStep upTo(long total, Job job) {
        long done = job.progress().done();
        return done == total
                ? new JobStep.Finished("{\"counted\": %d}".formatted(total))
                : new JobStep.Advanced(new JobProgress(done + 1, total));
    }

    private static JobRunner runner(Function<Job, JobStep> step) {
        return new JobRunner(jobs, List.of(new JobHandler() {
            @Override
            public String kind() {
                return "count";
            }

            @Override
            public JobStep step(Job job) {
                return step.apply(job);
            }
        }));
    }

    private static void endPauses() {
        jdbc.sql("UPDATE jobs SET available_at = now()").update();
    }
}
