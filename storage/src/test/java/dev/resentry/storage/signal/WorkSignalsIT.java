package dev.resentry.storage.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.job.JobStore;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class WorkSignalsIT {
    private static final Duration UNSIGNALLED = Duration.ofMillis(500);

    private static DataSource database;
    private static JdbcClient jdbc;
    private static WorkSignals signals;
    private static final Semaphore JOBS = new Semaphore(0);
    private static final Semaphore DELIVERIES = new Semaphore(0);

    @BeforeAll
    static void start() {
        var settings = new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "localhost",
                5432,
                "resentry",
                "resentry",
                "",
                2,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT);
        var address = settings.address();
        database = new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password());
        new SchemaMigration(database).migrate();
        jdbc = JdbcClient.create(database);
        signals = new DatabaseConfiguration().workSignals(settings);
        signals.on(Work.JOBS, JOBS::release);
        signals.on(Work.DELIVERIES, DELIVERIES::release);
        signals.start();
        awaitListening();
    }

    @AfterAll
    static void stop() {
        signals.stop();
        assertThat(signals.rest(UNSIGNALLED)).isEqualTo(UNSIGNALLED);
    }

    @BeforeEach
    void forget() {
        JOBS.drainPermits();
        DELIVERIES.drainPermits();
    }

    @Test
    void whoeverWaitsForWorkIsWokenWhenItIsCommittedAndNobodyElse() {
        new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult(_ -> {
            new JobStore(jdbc).enqueue("rebuild", "{}", "system");
            assertThat(isWoken(JOBS, Duration.ofMillis(300)))
                    .as("before the commit")
                    .isFalse();
        });

        assertThat(isWoken(JOBS, Duration.ofSeconds(20))).isTrue();
        assertThat(DELIVERIES.availablePermits()).isZero();
    }

    @Test
    void aJobThatGoesOnIsToldOfAndOneThatIsTakenUpIsNot() {
        var jobs = new JobStore(jdbc);
        long id = jobs.enqueue("repair", "{}", "system");
        assertThat(isWoken(JOBS, Duration.ofSeconds(20))).isTrue();
        assertThat(jobs.take("holder", Set.of("repair"), Duration.ofMinutes(1))).isPresent();
        jobs.pause(id, "ada@example.com");
        assertThat(isWoken(JOBS, Duration.ofMillis(300))).isFalse();

        jobs.resume(id);

        assertThat(isWoken(JOBS, Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void afterALostConnectionAllAreWokenAsNobodyKnowsWhatTheyMissed() {
        jdbc.sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN resentry_work' AND datname = current_database()")
                .query()
                .listOfRows();

        assertThat(isWoken(DELIVERIES, Duration.ofSeconds(30))).isTrue();
        awaitListening();
        jdbc.sql("SELECT pg_notify('resentry_work', 'of_a_later_release'), pg_notify('resentry_work', 'jobs')")
                .query()
                .listOfRows();
        assertThat(isWoken(JOBS, Duration.ofSeconds(20))).isTrue();
    }

    private static boolean isWoken(Semaphore worker, Duration within) {
        try {
            return worker.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitListening() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(signals.rest(UNSIGNALLED)).isEqualTo(WorkSignals.SAFETY_NET));
    }
}
