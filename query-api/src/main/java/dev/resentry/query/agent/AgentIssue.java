package dev.resentry.query.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * All that is known of an issue, for a program that looks for the fault. Sections that were not asked for, or of which nothing is known, are
 * null.
 *
 * @param notice what holds for every text below
 * @param eventId of the latest event, which errors, variables, breadcrumbs and reproduction are of; null if none is kept
 * @param errors what was thrown, the root cause first
 * @param variables of the in-app frame nearest to the crash
 * @param breadcrumbs what led to the event, the oldest first
 * @param suspects commits of the event's release that changed files of in-app frames
 * @param leftOut words of the sections for which there was no room
 * @param shortened whether any section tells less than is known; {@code sections} and {@code frames} have it tell more
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AgentIssue")
record AgentIssue(
        String notice,
        long id,
        @Nullable String eventId,
        @Nullable Summary summary,
        @Nullable List<ThrownError> errors,
        @Nullable List<NamedValue> variables,
        @Nullable List<Crumb> breadcrumbs,
        @Nullable Variation variation,
        @Nullable List<Suspect> suspects,
        @Nullable GroupedBy grouping,
        @Nullable Reproduction reproduction,
        List<String> leftOut,
        boolean shortened) {

    /**
     * What the issue is.
     *
     * @param lastGoodRelease the release before the first one that has it; null if there is none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentSummary")
    record Summary(
            String shortId,
            String permalink,
            String project,
            String title,
            @Nullable String culprit,
            String level,
            String status,
            @Nullable String substatus,
            String priority,
            Instant firstSeen,
            Instant lastSeen,
            long events,
            long users,
            @Nullable String lastGoodRelease,
            @Nullable String firstRelease,
            @Nullable String lastRelease,
            List<String> environments,
            @Nullable String platform) {}

    /**
     * What was thrown.
     *
     * @param handled whether the program caught it; null if that is unknown
     * @param symbolicated whether its frames were made readable by source maps or the like
     * @param stack nearest to the crash first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentError")
    record ThrownError(
            @Nullable String type,
            @Nullable String value,
            @Nullable Boolean handled,
            boolean symbolicated,
            List<StackEntry> stack) {}

    /**
     * A frame, or how many frames of libraries are between two.
     *
     * @param path from the root of the repository on, as far as its mappings say
     * @param source lines around that of the frame, which begins with {@code >}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentStackEntry")
    record StackEntry(
            @Nullable Integer libraryFrames,
            @Nullable String path,
            @Nullable Integer line,
            @Nullable String function,
            @Nullable List<String> source) {
        static StackEntry ofLibraries(int frames) {
            return new StackEntry(frames, null, null, null, null);
        }
    }

    /** A name and its value as text. */
    @Schema(name = "AgentNamedValue")
    record NamedValue(String name, String value) {}

    /**
     * A breadcrumb.
     *
     * @param seconds before the event; null if it has no time
     * @param times how often it came in a row
     * @param last what it is the last one of before the crash: http, query or navigation; null if of nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentBreadcrumb")
    record Crumb(
            @Nullable Double seconds,
            @Nullable String category,
            String message,
            String level,
            int times,
            @Nullable String last) {}

    /**
     * What the latest events have in common, and in what they differ.
     *
     * @param events how many were looked at
     */
    @Schema(name = "AgentVariation")
    record Variation(int events, List<NamedValue> constant, List<Varying> varying) {}

    /**
     * A property in which events differ.
     *
     * @param distinct how many values it has
     * @param examples those of the most events first, each with how many
     */
    @Schema(name = "AgentVarying")
    record Varying(String name, int distinct, List<String> examples) {}

    /**
     * A commit that may have brought the issue.
     *
     * @param reason why it is one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentSuspect")
    record Suspect(
            String id,
            @Nullable String message,
            @Nullable String author,
            @Nullable Instant committedAt,
            @Nullable String url,
            String reason) {}

    /**
     * Why the events are one issue.
     *
     * @param variant what the hash is made of
     * @param rule the rule that decided; null if none did
     * @param hashed the texts that the hash is made of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentGrouping")
    record GroupedBy(
            String strategy,
            String variant,
            String hash,
            @Nullable String rule,
            List<String> hashed,
            List<SimilarTo> similar) {}

    /** An issue that may be about the same fault; the score is from 0 to 1. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "AgentSimilar")
    record SimilarTo(long id, String shortId, String title, double score) {}

    /**
     * How to have it happen again.
     *
     * @param route what was being done, as the SDK names it
     * @param curl the request without what could be secret
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgentReproduction")
    record Reproduction(
            @Nullable String method,
            @Nullable String route,
            @Nullable String url,
            @Nullable String curl) {}

    AgentIssue without(AgentSection section) {
        List<String> out = new ArrayList<>(leftOut);
        out.add(section.wireName());
        return new AgentIssue(
                notice,
                id,
                eventId,
                section == AgentSection.SUMMARY ? null : summary,
                section == AgentSection.ERRORS ? null : errors,
                section == AgentSection.VARIABLES ? null : variables,
                section == AgentSection.BREADCRUMBS ? null : breadcrumbs,
                section == AgentSection.VARIATION ? null : variation,
                section == AgentSection.SUSPECTS ? null : suspects,
                section == AgentSection.GROUPING ? null : grouping,
                section == AgentSection.REPRODUCTION ? null : reproduction,
                List.copyOf(out),
                true);
    }
}
