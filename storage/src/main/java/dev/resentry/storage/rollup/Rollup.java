package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.SQLException;

/** Counts some events and adds the counts to rows. The result depends on the events alone, not on how they are split or ordered. */
sealed interface Rollup permits IssueHours, IssueUsers, IssueTags, IssueReleases, ReleaseHours, ProjectCounts {

    void add(CountedEvent event);

    /** Adds what was counted to the rows. Nothing is counted twice: the object is used for one writing. */
    void write(Connection connection) throws SQLException;
}
