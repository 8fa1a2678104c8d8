package dev.resentry.storage.project;

import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.time.Instant;
import java.util.List;

/**
 * A key with which SDKs send to a project.
 *
 * @param limits for what is sent with this key, beside those of the project
 */
public record ProjectKey(
        long id, PublicKey publicKey, String label, boolean active, List<Quota> limits, Instant createdAt) {

    public ProjectKey {
        limits = List.copyOf(limits);
    }
}
