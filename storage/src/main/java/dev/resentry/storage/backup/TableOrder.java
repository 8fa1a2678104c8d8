package dev.resentry.storage.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables in the order in which they can be loaded: those that others refer to come first. */
final class TableOrder {
    private TableOrder() {}

    /**
     * Orders tables.
     *
     * @param references to which tables a table refers
     * @throws BackupException if some refer to each other
     */
    static List<SavedTable> of(List<SavedTable> tables, Map<String, Set<String>> references) {
        List<SavedTable> ordered = new ArrayList<>();
        List<SavedTable> waiting = new ArrayList<>(tables);
        waiting.sort(Comparator.comparing(SavedTable::root).thenComparing(SavedTable::name));
        while (!waiting.isEmpty()) {
            Set<String> missing = new HashSet<>();
            waiting.forEach(table -> missing.add(table.root()));
            List<SavedTable> next = waiting.stream()
                    .filter(table -> references.getOrDefault(table.root(), Set.of()).stream()
                            .noneMatch(other -> !other.equals(table.root()) && missing.contains(other)))
                    .toList();
            if (next.isEmpty()) {
                throw new BackupException("tables refer to each other: "
                        + waiting.stream().map(SavedTable::root).distinct().toList());
            }
            ordered.addAll(next);
            waiting.removeAll(next);
        }
        return ordered;
    }
}
