package dev.resentry.processor.replay;

import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.replay.ReplayResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay did so far. A step that is done once more after its process died adds only what it still had to do.
 *
 * @param skipped envelopes by the word for why they were left alone
 * @param gone envelopes that the ledger counted as stored and that are neither on the topic nor in the database
 */
record ReplaySums(List<TableChange> tables, Map<String, Long> skipped, long gone) {
    static final ReplaySums NONE = new ReplaySums(List.of(), Map.of(), 0);

    ReplaySums {
        tables = List.copyOf(tables);
        skipped = Map.copyOf(skipped);
    }

    ReplaySums plus(ReplayResult result) {
        Map<String, TableChange> changes = new TreeMap<>();
        tables.forEach(change -> changes.put(change.table(), change));
        result.changes().stream()
                .filter(change -> !change.isNone())
                .forEach(change -> changes.merge(change.table(), change, TableChange::plus));
        Map<String, Long> more = new TreeMap<>(skipped);
        result.skipped().forEach((why, count) -> more.merge(why, count, Long::sum));
        return new ReplaySums(List.copyOf(changes.values()), more, gone);
    }

    ReplaySums plusSkipped(String why) {
        Map<String, Long> more = new TreeMap<>(skipped);
        more.merge(why, 1L, Long::sum);
        return new ReplaySums(tables, more, gone);
    }

    ReplaySums plusGone(long envelopes) {
        return new ReplaySums(tables, skipped, gone + envelopes);
    }
}
