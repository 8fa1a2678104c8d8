package dev.resentry.storage.regroup;

import dev.resentry.storage.issue.Author;
import dev.resentry.storage.merge.IssueHandOver.Gone;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Notes on issues what a regroup did with them. */
final class RegroupActivities {
    private static final String NOTE = """
            INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
            SELECT i.id, i.project_id, clock_timestamp(), :actor, :name, :kind, note.data::jsonb
            FROM unnest(:issues::bigint[], :data::text[]) AS note(issue_id, data)
            JOIN issues i ON i.id = note.issue_id
            """;

    private final JdbcClient jdbc;

    RegroupActivities(JdbcTemplate template) {
        this.jdbc = JdbcClient.create(template);
    }

    /**
     * Notes what was applied.
     *
     * @param splits by the issue that new ones come from, those; none by an issue that is gone
     * @param gone by the issue that others went into, those
     */
    void applied(LockedRegroup regroup, Map<Long, Collection<Long>> splits, Map<Long, List<Gone>> gone, Author by) {
        Map<Long, ObjectNode> notes = new TreeMap<>();
        gone.forEach((into, issues) -> issues.forEach(issue -> note(notes, regroup, into)
                .withArrayProperty("merged")
                .addObject()
                .put("id", issue.id())
                .put("title", issue.title())
                .put("events", issue.events())));
        splits.forEach((from, issues) -> issues.forEach(issue -> {
            note(notes, regroup, from).withArrayProperty("split").add(issue);
            note(notes, regroup, issue).put("from", from);
        }));
        write("regroup", notes, by);
    }

    /** Notes on every issue on which an applied one was noted that it is undone. */
    void undone(LockedRegroup regroup, Author by) {
        Map<Long, ObjectNode> notes = new TreeMap<>();
        jdbc.sql("""
                        SELECT DISTINCT a.issue_id FROM issue_activities a
                        WHERE a.project_id = :project AND a.kind = 'regroup' AND (a.data ->> 'regroup_id')::bigint = :id
                        """)
                .param("project", regroup.project())
                .param("id", regroup.id())
                .query(Long.class)
                .list()
                .forEach(issue -> note(notes, regroup, issue));
        write("regroup_undone", notes, by);
    }

    private static ObjectNode note(Map<Long, ObjectNode> notes, LockedRegroup regroup, long issue) {
        return notes.computeIfAbsent(
                issue, _ -> JsonNodeFactory.instance.objectNode().put("regroup_id", regroup.id()));
    }

    private void write(String kind, Map<Long, ObjectNode> notes, Author by) {
        jdbc.sql(NOTE)
                .param("actor", by.userId())
                .param("name", by.shownName())
                .param("kind", kind)
                .param("issues", notes.keySet().toArray(Long[]::new))
                .param("data", notes.values().stream().map(ObjectNode::toString).toArray(String[]::new))
                .update();
    }
}
