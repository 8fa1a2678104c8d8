package dev.resentry.storage.issue;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes what people do into the activity of issues that the caller's transaction has locked. */
final class IssueNotes {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String NOTE = """
            INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
            SELECT i.id, i.project_id, clock_timestamp(), :actor, :name, :kind, note.data::jsonb
            FROM unnest(:ids::bigint[], :data::text[]) AS note(issue_id, data)
            JOIN issues i ON i.id = note.issue_id
            ORDER BY i.id
            RETURNING issue_id, id
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    IssueNotes(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    /**
     * Changes a column, notes it and has it told.
     *
     * @param data of each issue's activity, by its id
     * @return the id of the note of each issue, by the issue's id
     */
    Map<Long, Long> write(
            String sql,
            @Nullable Object value,
            Map<Long, Object> data,
            String kind,
            IssueActivity.Kind news,
            Cause cause,
            Author by) {
        if (data.isEmpty()) {
            return Map.of();
        }
        List<Long> ids = data.keySet().stream().sorted().toList();
        List<IssueActivity> told = jdbc.sql(sql + IssueNews.COLUMNS)
                .param("value", value)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> IssueNews.of(row, news, cause, by))
                .list();
        Map<Long, Long> notes = add(data, kind, by);
        IssueNews.tell(template, IssueNews.withEntries(told, notes));
        return notes;
    }

    /** Notes something; the id of the note of each issue, by the issue's id. */
    Map<Long, Long> add(Map<Long, Object> data, String kind, Author by) {
        List<Long> ids = data.keySet().stream().sorted().toList();
        Map<Long, Long> notes = new HashMap<>();
        jdbc.sql(NOTE)
                .param("actor", by.userId())
                .param("name", by.shownName())
                .param("kind", kind)
                .param("ids", ids.toArray(Long[]::new))
                .param(
                        "data",
                        ids.stream()
                                .map(id -> JSON.writeValueAsString(data.get(id)))
                                .toArray(String[]::new))
                .query(row -> {
                    notes.put(row.getLong("issue_id"), row.getLong("id"));
                });
        return notes;
    }
}
