package dev.resentry.storage.organization;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of the organization for builds.
 *
 * @param lastCharacters of its secret
 * @param createdBy the e-mail address of who made it
 * @param lastUsedAt to the minute; null if it never was
 */
public record OrganizationToken(
        long id,
        String name,
        String lastCharacters,
        String createdBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
