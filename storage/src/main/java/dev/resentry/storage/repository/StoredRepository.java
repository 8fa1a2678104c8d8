package dev.resentry.storage.repository;

import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import java.time.Instant;

/**
 * The repository of a project.
 *
 * @param revision counts its changes
 * @param updatedBy the e-mail address of who changed it last
 */
public record StoredRepository(
        Repository repository, PathMappings mappings, long revision, Instant updatedAt, String updatedBy) {}
