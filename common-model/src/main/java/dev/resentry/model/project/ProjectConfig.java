package dev.resentry.model.project;

import java.util.List;

/**
 * What a gateway must know of a project, published by whoever owns projects.
 *
 * @param revision grows with every change, so that of two versions the newer one is known whatever order they arrive in
 * @param active whether the project takes envelopes at all
 */
public record ProjectConfig(ProjectId id, long revision, String slug, boolean active, List<Key> keys) {

    public ProjectConfig {
        keys = List.copyOf(keys);
    }

    /** A key of the project; one that is not active is known and refused. */
    public record Key(PublicKey publicKey, boolean active) {}
}
