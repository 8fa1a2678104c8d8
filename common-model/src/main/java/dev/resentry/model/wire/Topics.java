package dev.resentry.model.wire;

/**
 * The names of the topics.
 *
 * @param envelopes every envelope as it came; everything in the database that came from an SDK can be rebuilt from it
 * @param deadLetters see {@link DeadLetter}; written by earlier versions only, and not made any more
 * @param events what became true by processing: stored items, issues; see {@link ProcessedRecord}
 * @param projects compacted; what gateways must know of each project
 * @param usage how much of each limit every gateway has let through, for the other gateways, and that it lives, for people;
 *     short-lived
 * @param outcomes what became of items that never reached {@code envelopes}: refused, limited
 * @param projectCreationRequests projects that were sent to and are not there; see {@link ProjectCreationRequest}
 */
public record Topics(
        String envelopes,
        String deadLetters,
        String events,
        String projects,
        String usage,
        String outcomes,
        String projectCreationRequests) {

    /** The names behind a prefix, which lets several installations share one cluster; it may be empty. */
    public static Topics withPrefix(String prefix) {
        return new Topics(
                prefix + "envelopes",
                prefix + "envelopes.dead",
                prefix + "events",
                prefix + "projects",
                prefix + "usage",
                prefix + "outcomes",
                prefix + "projects.wanted");
    }
}
