package dev.resentry.storage;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The projects that someone may see. Queries that take it leave out what is of other projects, and what is of none unless all are
 * visible.
 *
 * @param ids null for all
 */
public record VisibleProjects(@Nullable Set<Long> ids) {
    public static final VisibleProjects ALL = new VisibleProjects(null);

    public VisibleProjects {
        ids = ids == null ? null : Set.copyOf(ids);
    }

    public boolean areAll() {
        return ids == null;
    }

    /**
     * Whether something is visible.
     *
     * @param projectId whose it is; null for what is of no project
     */
    public boolean contains(@Nullable Long projectId) {
        return ids == null || (projectId != null && ids.contains(projectId));
    }

    /**
     * What restricts a column to these projects, to be put behind another condition; nothing if all are visible, so that the
     * plan stays what it is without. The statement's parameter {@code visible} is {@link #parameter()}.
     */
    public String and(String column) {
        return ids == null ? "" : " AND " + column + " = ANY (:visible) ";
    }

    /** A statement with {@link #and} in the place of its word <code>{visible}</code>. */
    public String in(String sql, String column) {
        return sql.replace("{visible}", and(column));
    }

    public Long[] parameter() {
        return ids == null ? new Long[0] : ids.toArray(Long[]::new);
    }
}
