package dev.resentry.storage.replay;

import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.issue.TouchedIssue;
import java.util.List;
import java.util.Map;

/**
 * What a replay of a batch did, or would do.
 *
 * @param changes by table; a table without any may be missing
 * @param skipped how many records were left alone, by the word for why
 * @param touched the issues whose events changed
 */
public record ReplayResult(List<TableChange> changes, Map<String, Long> skipped, List<TouchedIssue> touched) {
    public ReplayResult {
        changes = List.copyOf(changes);
        skipped = Map.copyOf(skipped);
        touched = List.copyOf(touched);
    }
}
