package dev.resentry.clickhouse.sink;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds rows to a table, so many at once that neither memory nor ClickHouse minds. A row that is refused is left out, and the others are not. */
final class RowWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

    /** About so many characters are written at once. */
    private static final int CHARACTERS = 8 * 1024 * 1024;

    /** If more of one batch are refused, it is not the rows: the table may be another than it should be. */
    private static final int MOST_REFUSED = 100;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ClickHouseClient client;
    private final String table;
    private final Runnable refused;
    private final List<String> waiting = new ArrayList<>();
    private long characters;
    private long written;
    private int left;

    /** @param refused is told of each row that is left out */
    RowWriter(ClickHouseClient client, String table, Runnable refused) {
        this.client = client;
        this.table = table;
        this.refused = refused;
    }

    void add(String row) {
        waiting.add(row);
        characters += row.length();
        if (characters >= CHARACTERS) {
            flush();
        }
    }

    /** Writes what is left; how many rows were written in all. */
    long finish() {
        flush();
        return written;
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            insert(waiting);
        }
        waiting.clear();
        characters = 0;
    }

    private void insert(List<String> rows) {
        try {
            client.insert(table, rows);
            written += rows.size();
        } catch (ClickHouseRefusedException e) {
            if (rows.size() > 1) {
                int half = rows.size() / 2;
                insert(rows.subList(0, half));
                insert(rows.subList(half, rows.size()));
            } else {
                leaveOut(rows.getFirst(), e.code());
            }
        }
    }

    /** What ClickHouse says of a row has parts of it, so its code alone is logged. */
    private void leaveOut(String row, String code) {
        left++;
        if (left > MOST_REFUSED) {
            throw new IllegalStateException("ClickHouse refuses more than %d rows of table %s, the last with code %s"
                    .formatted(MOST_REFUSED, table, code));
        }
        JsonNode json = JSON.readTree(row);
        LOG.atWarn()
                .addKeyValue("table", table)
                .addKeyValue("project", json.path("project_id").asString(""))
                .addKeyValue("received", json.path("received").asString(""))
                .addKeyValue("code", code)
                .log("ClickHouse refuses a row, which the copy does not have");
        refused.run();
    }
}
