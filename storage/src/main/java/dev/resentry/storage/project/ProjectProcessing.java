package dev.resentry.storage.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a project wants done to its events before they are stored.
 *
 * @param scrubJson settings of scrubbing, a JSON object; what is missing in it has its default
 * @param filtersJson filters, a JSON object; what is missing in it is not filtered
 * @param fingerprintRules null if it has none
 * @param stacktraceRules null if it has none
 * @param payloadsPerIssuePerDay of how many events of an issue and a day the payload is kept; null for all
 * @param revision grows with each change, from 1
 * @param updatedBy the e-mail address of who changed it last
 */
public record ProjectProcessing(
        long projectId,
        String scrubJson,
        String filtersJson,
        @Nullable String fingerprintRules,
        @Nullable String stacktraceRules,
        @Nullable Integer payloadsPerIssuePerDay,
        long revision,
        Instant updatedAt,
        String updatedBy) {}
