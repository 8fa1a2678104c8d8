package dev.resentry.storage.backup;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of a backup, or one day of a table that is partitioned by days.
 *
 * @param parent the partitioned table of which it is a day; null if it is a table of its own
 * @param columns those that hold something; what the database computes, and numbers of its transactions, are left out
 */
public record SavedTable(String name, @Nullable String parent, List<String> columns) {
    private static final int DAY = 8;

    public SavedTable {
        columns = List.copyOf(columns);
    }

    /** The table by which others name it. */
    String root() {
        return parent == null ? name : parent;
    }

    /**
     * The day whose rows it has.
     *
     * @throws BackupException if its name does not say so
     */
    LocalDate day() {
        String day = name.substring(Math.max(0, name.length() - DAY));
        if (!name.equals(parent + "_" + day) || !day.matches("\\d{8}")) {
            throw new BackupException("table %s is no day of table %s".formatted(name, parent));
        }
        return LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE);
    }

    String copy(String direction) {
        return "COPY %s (%s) %s (FORMAT binary)"
                .formatted(
                        quoted(name),
                        columns.stream().map(SavedTable::quoted).collect(Collectors.joining(", ")),
                        direction);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
