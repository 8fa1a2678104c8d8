package dev.resentry.query.docs;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes {@code docs/models.md}: the tables of a migrated database, with what the migrations say of them. */
final class ModelsPage {
    private static final String TABLES = """
            SELECT c.relname AS name, pg_get_partkeydef(c.oid) AS partitions
            FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname <> 'flyway_schema_history'
            ORDER BY c.relname COLLATE "C"
            """;
    private static final String COLUMNS = """
            SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
                   CASE WHEN a.attidentity <> '' THEN 'identity' ELSE pg_get_expr(d.adbin, d.adrelid) END AS usual
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = :table::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;
    private static final String INDEXES = """
            SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = :table::regclass
            ORDER BY indisprimary DESC, indexrelid::regclass::text COLLATE "C"
            """;
    private static final String REFERENCES = """
            SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = :table::regclass AND contype = 'f'
            ORDER BY conname COLLATE "C"
            """;

    private final JdbcClient database;
    private final MigrationComments comments;

    ModelsPage(JdbcClient database, MigrationComments comments) {
        this.database = database;
        this.comments = comments;
    }

    String write() {
        var page = new StringBuilder("""
                # Models

                Generated from the migrated database and the comments of its migrations (`docs/generate`).

                """);
        for (Map<String, Object> table : database.sql(TABLES).query().listOfRows()) {
            write(page, String.valueOf(table.get("name")), (String) table.get("partitions"));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private void write(StringBuilder page, String table, String partitions) {
        page.append("## ").append(table).append("\n\n");
        if (!comments.of(table).isEmpty()) {
            page.append(comments.of(table)).append("\n\n");
        }
        if (partitions != null) {
            page.append("Partitioned by ").append(partitions).append(".\n\n");
        }
        page.append("| column | type | null | default | |\n|---|---|---|---|---|\n");
        for (Map<String, Object> column :
                database.sql(COLUMNS).param("table", table).query().listOfRows()) {
            Object usual = column.get("usual");
            page.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            column.get("name"),
                            column.get("type"),
                            Boolean.TRUE.equals(column.get("nullable")) ? "yes" : "",
                            usual == null ? "" : "`" + cell(String.valueOf(usual)) + "`",
                            cell(comments.of(table + "." + column.get("name")))));
        }
        list(
                page,
                "Indexes",
                database.sql(INDEXES).param("table", table).query(String.class).list());
        list(
                page,
                "References",
                database.sql(REFERENCES)
                        .param("table", table)
                        .query(String.class)
                        .list());
        page.append('\n');
    }

    private static void list(StringBuilder page, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            page.append('\n').append(title).append(":\n\n");
            entries.forEach(entry -> page.append("- `")
                    .append(entry.replaceFirst(" ON (?:ONLY )?\\S+?\\.", " ON "))
                    .append("`\n"));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
