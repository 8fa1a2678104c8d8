package dev.resentry.storage.release;

import java.util.List;

/**
 * A commit of a release that changed files which are looked for.
 *
 * @param files those of its files
 * @param rank the place of the first of them in the list of what is looked for, from 0 on
 */
public record SuspectCommit(ReleaseCommit commit, List<String> files, int rank) {
    public SuspectCommit {
        files = List.copyOf(files);
    }
}
