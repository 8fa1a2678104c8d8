package dev.resentry.clickhouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClickHouseClientTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final StandIn server = new StandIn();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsWhatPeopleWroteApartFromTheStatement() {
        try (ClickHouseClient client = server.client()) {
            List<JsonNode> rows = client.query("SELECT {p1:String}", Map.of("p1", "it's\ta \\ tab"), WITHIN);

            assertThat(rows).hasSize(1);
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.body()).isEqualTo("SELECT {p1:String}");
                assertThat(asked.options())
                        .contains("database=copy", "max_execution_time=10", "param_p1=it's\\ta \\\\ tab");
            });
        }
    }

    @Test
    void writesArraysAsLiterals() {
        assertThat(ClickHouseText.of(List.of("a'b", "c\\d"))).isEqualTo("['a\\'b','c\\\\d']");
        assertThat(ClickHouseText.of(List.of(1L, 2L))).isEqualTo("[1,2]");
    }

    @Test
    void saysWhatTheServerRefused() {
        server.answers(500, _ -> "Code: 60. DB::Exception: Table copy.events does not exist.\nmore");
        try (ClickHouseClient client = server.client()) {
            assertThatThrownBy(() -> client.insert("events", List.of("{}")))
                    .isExactlyInstanceOf(ClickHouseException.class)
                    .hasMessage("ClickHouse answered 500: Code: 60. DB::Exception: Table copy.events does not exist.");
        }
    }

    @Test
    void tellsAStatementThatTookTooLongApart() {
        server.answers(500, _ -> "Code: 159. DB::Exception: Timeout exceeded");
        try (ClickHouseClient client = server.client()) {
            assertThatThrownBy(() -> client.query("SELECT 1", Map.of(), WITHIN))
                    .isInstanceOf(ClickHouseTimeoutException.class);
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws InterruptedException {
        var end = new CountDownLatch(1);
        server.answers(200, _ -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        try (var client = new ClickHouseClient(server.settings(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> client.insert("events", List.of("{}")))
                    .isExactlyInstanceOf(ClickHouseException.class)
                    .hasMessage("ClickHouse did not answer within 200 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void saysThatNobodyIsThere() {
        server.close();
        try (ClickHouseClient client = server.client()) {
            assertThatThrownBy(() -> client.execute("SELECT 1", Map.of()))
                    .isInstanceOf(ClickHouseException.class)
                    .hasMessageContaining("not reached");
        }
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(server.settings().toString()).doesNotContain("secret");
    }

    @Test
    void sendsAPasswordThatIsNoHeader() {
        var settings = new ClickHouseSettings(server.url(), "me", "sec ret\n", "copy", false);
        try (var client = new ClickHouseClient(settings)) {
            client.execute("SELECT 1", Map.of());
        }

        assertThat(server.asked())
                .extracting(StandIn.Asked::authorization)
                .containsExactly("Basic " + Base64.getEncoder().encodeToString("me:sec ret\n".getBytes(UTF_8)));
    }
}
