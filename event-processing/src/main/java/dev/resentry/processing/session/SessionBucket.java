package dev.resentry.processing.session;

import org.jspecify.annotations.Nullable;

/**
 * Sessions that an SDK counted itself, of which each is in one of the counts.
 *
 * @param exited that ended well
 * @param user if all of them have the same
 */
public record SessionBucket(
        SessionPlace place,
        long exited,
        long errored,
        long unhandled,
        long abnormal,
        long crashed,
        @Nullable String user) {

    /** All of its sessions. */
    public long sessions() {
        return exited + bad();
    }

    /** Those with errors or a bad end. */
    public long bad() {
        return errored + unhandled + abnormal + crashed;
    }
}
