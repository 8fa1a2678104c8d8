package dev.resentry.storage.ingest;

/**
 * The order in which every batch takes its locks, whichever process stores it: two batches wait for each other and do not
 * deadlock. Inside a step rows are locked in the order of their keys.
 */
public enum LockOrder {
    /** The partitions of days of which something has expired. */
    EXPIRED_DAYS,
    /** Rows of {@code projects}; then the dead letters that a retry or a replay is about. */
    PROJECTS,
    /** Ids of envelopes. */
    ENVELOPES,
    /** Identities of events. */
    EVENT_IDENTITIES,
    /** Releases of projects: in front of issues, whose resolutions they decide about. */
    RELEASES,
    /** Debug ids whose source maps are missing. */
    SOURCE_MAPS,
    /** Hashes of issues, then issues. */
    ISSUES,
    /** Places of dead letters. */
    DEAD_LETTERS,
    /** Rows that no other batch waits for: what belongs to an envelope or an event that is new, and outboxes. */
    ROWS,
    /** The sessions of projects, and their counts: one batch of a project after the other. */
    SESSIONS,
    /** Monitors, and their environments and check-ins. */
    MONITORS,
    /** Counts of events that many batches add to; late, because others wait for these rows until the batch is stored. */
    ROLLUPS,
    /** Partitions of topic {@code envelopes}. */
    TOPIC_PARTITIONS,
    /** Totals of envelopes and outcomes: last, as all batches count on the same ones. */
    TOTALS
}
