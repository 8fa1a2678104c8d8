package dev.resentry.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseException;
import dev.resentry.clickhouse.client.StandIn;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowWriterTest {
    private final StandIn server = new StandIn();
    private final ClickHouseClient client = server.client();
    private final AtomicInteger refused = new AtomicInteger();
    private final RowWriter writer = new RowWriter(client, "events", refused::incrementAndGet);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void leavesOutTheRowThatIsRefused() {
        server.refuses(body -> body.contains("bad"));
        for (int i = 0; i < 7; i++) {
            writer.add("{\"project_id\":1,\"title\":\"%s\"}".formatted(i == 4 ? "bad" : "good" + i));
        }

        assertThat(writer.finish()).isEqualTo(6);
        assertThat(refused).hasValue(1);
        assertThat(server.asked().stream()
                        .map(StandIn.Asked::body)
                        .filter(body -> !body.contains("bad"))
                        .flatMap(String::lines))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    void givesUpIfItIsNotTheRows() {
        server.refuses(_ -> true);
        for (int i = 0; i < 101; i++) {
            writer.add("{\"title\":\"private\"}");
        }

        assertThatThrownBy(writer::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessage("ClickHouse refuses more than 100 rows of table events, the last with code 27");
        assertThat(refused).hasValue(100);
    }

    @Test
    void halvesNothingWhileClickHouseIsIll() {
        server.answers(500, _ -> "Code: 252. DB::Exception: Too many parts");
        writer.add("{}");
        writer.add("{}");

        assertThatThrownBy(writer::finish).isExactlyInstanceOf(ClickHouseException.class);
        assertThat(server.asked()).hasSize(1);
    }
}
