package dev.resentry.clickhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.StandIn;
import dev.resentry.storage.analytics.AnalyticsColumn;
import dev.resentry.storage.analytics.AnalyticsTable;
import dev.resentry.storage.retention.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClickHouseSchemaTest {
    private final StandIn server = new StandIn();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void makesTablesInWhichTheLaterVersionOfARowCounts() {
        try (ClickHouseClient client = server.client()) {
            new ClickHouseSchema(client, Retention.ofDays(90)).make();
        }

        assertThat(server.asked())
                .extracting(StandIn.Asked::body)
                .contains("CREATE DATABASE IF NOT EXISTS copy")
                .anySatisfy(sql -> assertThat(sql)
                        .startsWith("CREATE TABLE IF NOT EXISTS events (")
                        .contains(
                                "ENGINE = ReplacingMergeTree(version) PARTITION BY toYYYYMM(received)",
                                "ORDER BY (project_id, received, `event_id`)",
                                "toIntervalDay(91)"))
                .anySatisfy(sql -> assertThat(sql)
                        .startsWith("CREATE TABLE IF NOT EXISTS logs (")
                        .contains("ORDER BY (project_id, received, `envelope_id`, `position`, `index`)"))
                .anySatisfy(sql -> assertThat(sql).startsWith("CREATE TABLE IF NOT EXISTS session_minutes"))
                .anySatisfy(sql -> assertThat(sql).startsWith("ALTER TABLE spans ADD COLUMN IF NOT EXISTS `span_op`"));
    }

    @Test
    void leavesTheTablesOfALaterReleaseAlone() {
        server.answers(200, sql -> sql.contains("max(version)") ? "{\"data\":[[99]]}" : "{\"data\":[[0]]}");
        try (ClickHouseClient client = server.client()) {
            var schema = new ClickHouseSchema(client, Retention.ofDays(90));

            assertThatThrownBy(schema::make)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("database copy of ClickHouse has version 99 of the schema, and this release knows 1");
        }
        assertThat(server.asked()).extracting(StandIn.Asked::body).noneMatch(sql -> sql.contains("events ("));
    }

    @Test
    void namesEachColumnOnce() {
        for (AnalyticsTable table : AnalyticsTable.ALL) {
            assertThat(table.columns())
                    .extracting(AnalyticsColumn::name)
                    .doesNotHaveDuplicates()
                    .contains("received", "project_id", "timestamp")
                    .allMatch(name -> name.matches("[a-z0-9_]+"));
        }
    }
}
