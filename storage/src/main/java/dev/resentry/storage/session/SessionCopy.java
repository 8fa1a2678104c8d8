package dev.resentry.storage.session;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A copy of what is counted of sessions, with the same answers. */
public interface SessionCopy {

    /**
     * As {@link SessionQueries#series}.
     *
     * @param release null for all releases
     * @param environments null for all
     */
    List<SessionCounts> series(
            long projectId, @Nullable String release, @Nullable Set<String> environments, SessionBuckets buckets);
}
