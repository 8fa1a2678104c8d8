package dev.resentry.storage.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rewriting of rows changed in a table.
 *
 * @param added rows that were not there
 * @param changed rows that were there with other values
 * @param removed rows that are not derived any more
 * @param examples keys of some of them, each behind what happened to it
 */
public record TableChange(String table, long added, long changed, long removed, List<String> examples) {
    static final int EXAMPLES = 10;

    public TableChange {
        examples = List.copyOf(examples);
    }

    /** A change of which so many examples are kept as a result shows. */
    public static TableChange of(String table, long added, long changed, long removed, List<String> examples) {
        return new TableChange(
                table, added, changed, removed, examples.subList(0, Math.min(examples.size(), EXAMPLES)));
    }

    /** The change of two rewritings of one table together. */
    public TableChange plus(TableChange other) {
        List<String> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return of(table, added + other.added, changed + other.changed, removed + other.removed, all);
    }

    public boolean isNone() {
        return added + changed + removed == 0;
    }
}
