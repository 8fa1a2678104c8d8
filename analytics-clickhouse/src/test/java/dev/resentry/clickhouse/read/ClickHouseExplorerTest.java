package dev.resentry.clickhouse.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.StandIn;
import dev.resentry.model.search.SearchParser;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.analytics.CopyUnavailableException;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExploreSort;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.search.SearchTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseExplorerTest {
    private static final Instant TO = Instant.parse("2026-11-28T00:00:00Z");

    private Instant now = TO;
    private final StandIn server = new StandIn();
    private final ClickHouseClient client = server.client();
    private final ClickHouseExplorer explorer =
            new ClickHouseExplorer(client, () -> Map.of(1L, "shop"), true, () -> now);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void groupsByColumnsAndTags() {
        server.answers(200, _ -> "{\"data\":[[\"fatal\",7,7,\"=fatal\"]]}");

        Optional<ExplorePage> page =
                ask(ExploreDataset.EVENTS, "browser:Firefox !user.email:*@example.com", "level", "count()");

        assertThat(page)
                .hasValueSatisfying(
                        found -> assertThat(found.rows()).containsExactly(Map.of("level", "fatal", "count()", 7L)));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.body())
                    .contains("FROM events FINAL WHERE", "GROUP BY c0", "ORDER BY sorted DESC NULLS LAST, k LIMIT 101")
                    .doesNotContain("Firefox", "example.com");
            assertThat(asked.options()).contains("['Firefox']", "%@example.com");
            assertThat(asked.body()).containsPattern("project_id IN \\{(p\\d+):Array\\(Int64\\)}");
            String parameter = asked.body().replaceAll("(?s).*project_id IN \\{(p\\d+):.*", "$1");
            assertThat(asked.options()).contains("param_%s=[1]".formatted(parameter));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is:unresolved",
                "stack.function:main",
                "release:latest",
                "release.version:>1.0",
                "flags[new]:true",
                "project:shop",
                "level:loud"
            })
    void leavesToPostgresWhatTheCopyHasNot(String query) {
        assertThat(ask(ExploreDataset.EVENTS, query, "level", "count()")).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void saysThatItIsAway() {
        server.answers(500, _ -> "Code: 210. DB::NetException");

        assertThatThrownBy(() -> ask(ExploreDataset.LOGS, "", "level")).isInstanceOf(CopyUnavailableException.class);
    }

    @Test
    void isNotPreferredForAWhileAfterItDidNotAnswer() {
        var end = new CountDownLatch(1);
        server.answers(200, _ -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        assertThat(explorer.isPreferred()).isTrue();
        try {
            assertThatThrownBy(() -> ask(Duration.ofMillis(1), ExploreDataset.LOGS, "", "level"))
                    .isInstanceOf(CopyUnavailableException.class)
                    .hasMessageContaining("did not answer");
        } finally {
            end.countDown();
        }

        assertThat(explorer.isPreferred()).isFalse();
        now = now.plusSeconds(9);
        assertThat(explorer.isPreferred()).isFalse();
        now = now.plusSeconds(1);
        assertThat(explorer.isPreferred()).isTrue();
    }

    @Test
    void saysThatAQuestionTakesTooLongAsPostgresDoes() {
        server.answers(500, _ -> "Code: 159. DB::Exception: Timeout exceeded");

        assertThatThrownBy(() -> ask(ExploreDataset.SPANS, "", "span.op", "p95(span.duration)"))
                .isInstanceOf(SearchTimeoutException.class);
    }

    private Optional<ExplorePage> ask(ExploreDataset dataset, String query, String... fields) {
        return ask(Duration.ofSeconds(10), dataset, query, fields);
    }

    private Optional<ExplorePage> ask(Duration within, ExploreDataset dataset, String query, String... fields) {
        var filter = new ExploreFilter(
                dataset,
                SearchParser.parse(query),
                SearchContext.of(TO, null, new VisibleProjects(Set.of(1L))),
                TO.minus(Duration.ofDays(1)),
                TO);
        List<ExploreField> wanted = Stream.of(fields)
                .map(field -> ExploreField.parse("field", field, dataset))
                .toList();
        return explorer.list(filter, wanted, ExploreSort.parse(null, wanted, dataset), null, 100, within);
    }
}
