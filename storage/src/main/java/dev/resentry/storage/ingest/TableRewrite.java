package dev.resentry.storage.ingest;

import java.util.Set;
import java.util.UUID;

/**
 * What the rewriting of some envelopes' rows did in a table.
 *
 * @param envelopes the ids of the envelopes with a row that was added, changed or removed
 */
record TableRewrite(TableChange change, Set<UUID> envelopes) {
    TableRewrite {
        envelopes = Set.copyOf(envelopes);
    }
}
