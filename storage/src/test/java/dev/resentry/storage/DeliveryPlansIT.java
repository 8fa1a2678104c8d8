package dev.resentry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryDesk;
import dev.resentry.storage.delivery.DeliveryFilter;
import dev.resentry.storage.delivery.DeliveryQueries;
import dev.resentry.storage.delivery.DeliveryQueue;
import dev.resentry.storage.delivery.DeliveryResult;
import dev.resentry.storage.delivery.DeliveryRetries;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No list and no claim reads all deliveries, of which there are a month's. */
class DeliveryPlansIT {
    private static HikariDataSource pool;
    private static RecordedPlans plans;

    @BeforeAll
    static void fill() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        plans = new RecordedPlans(
                pool,
                new DriverManagerDataSource(
                        address.jdbcUrl() + "?preferQueryMode=simple", address.user(), address.password()));
        JdbcClient jdbc = JdbcClient.create(pool);
        jdbc.sql("""
                        INSERT INTO deliveries (created_at, kind, target_type, target, target_key, project_id, issue_id, rule_id, firing_id,
                                                webhook_id, content, state, expires_at, next_attempt_at)
                        SELECT now() - n * interval '1 minute', 'alert', 'webhook', 't' || n % 500,
                               sha256(convert_to('webhook t' || n % 500, 'UTF8')), n % 20, n % 3000, n % 100, n, n % 30,
                               '{"subject": "s"}',
                               CASE WHEN n % 1000 = 0 THEN 'waiting' WHEN n % 500 = 1 THEN 'dead' ELSE 'delivered' END,
                               now() + interval '1 day', now()
                        FROM generate_series(1, 60000) n
                        """).update();
        jdbc.sql("""
                        INSERT INTO delivery_targets (key, held_until, taken_until, used_at)
                        SELECT sha256(convert_to('webhook t' || n, 'UTF8')), now(), now(), now() FROM generate_series(0, 5000) n
                        """).update();
        jdbc.sql("ANALYZE").update();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void lists() {
        var queries = new DeliveryQueries(plans.client());
        var some = new VisibleProjects(Set.of(3L, 4L));

        for (DeliveryFilter filter : List.of(
                DeliveryFilter.ALL,
                new DeliveryFilter(false, 3L, null, null, null, null),
                new DeliveryFilter(false, null, DeliveryState.DEAD, null, null, null),
                new DeliveryFilter(false, null, DeliveryState.WAITING, null, null, null),
                new DeliveryFilter(false, null, null, 7L, null, null),
                new DeliveryFilter(false, null, null, null, 77L, null),
                new DeliveryFilter(false, null, null, null, null, 7L))) {
            assertThat(queries.list(filter, VisibleProjects.ALL, Long.MAX_VALUE, 50)
                            .entries())
                    .isNotEmpty();
            assertPlanned();
        }
        assertThat(queries.list(DeliveryFilter.ALL, some, Long.MAX_VALUE, 50).entries())
                .isNotEmpty();
        assertPlanned();
        assertThat(queries.find(60_000, VisibleProjects.ALL)).isPresent();
        assertPlanned();
    }

    @Test
    void sending() {
        var queue = new DeliveryQueue(
                new JdbcTemplate(plans.dataSource()),
                new DataSourceTransactionManager(plans.dataSource()),
                DeliveryRetries.STANDARD);

        List<ClaimedDelivery> claimed = queue.claim("p", 5, Duration.ofMinutes(1));
        assertThat(claimed).isNotEmpty();
        assertPlanned();
        queue.giveUpExpired();
        assertPlanned();
        var attempt = new DeliveryResult.Attempt(200, "", null, "");
        assertThat(queue.finish(claimed.getFirst(), new DeliveryResult.Failed(attempt)))
                .isTrue();
        assertPlanned();
    }

    @Test
    void sendingAgain() {
        var desk = new DeliveryDesk(plans.client());

        desk.resend(501);
        assertPlanned();
        desk.resendDead(new byte[32], VisibleProjects.ALL);
        assertPlanned();
    }

    private static void assertPlanned() {
        assertThat(plans.take())
                .isNotEmpty()
                .allSatisfy(
                        plan -> assertThat(plan).doesNotContainPattern("Seq Scan on (deliveries|delivery_targets)"));
    }
}
