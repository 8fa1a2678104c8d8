package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.team.Team;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project.
 *
 * @param team the first of its teams; null if it has none
 * @param environments where they are asked for
 */
record SentryProject(
        String id,
        String slug,
        String name,
        @Nullable String platform,
        List<String> platforms,
        Instant dateCreated,
        String status,
        boolean isMember,
        boolean isBookmarked,
        boolean hasAccess,
        boolean isInternal,
        boolean isPublic,
        boolean hasLogs,
        boolean hasProfiles,
        boolean hasReplays,
        boolean hasSessions,
        boolean firstTransactionEvent,
        @Nullable Instant firstEvent,
        List<String> features,
        @Nullable TeamName team,
        List<TeamName> teams,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> environments,

        OrganizationName organization) {

    record TeamName(String id, String slug, String name) {
        static TeamName of(Team team) {
            return new TeamName(String.valueOf(team.id()), team.slug(), team.name());
        }
    }

    record OrganizationName(String id, String slug, String name) {}

    static SentryProject of(
            Organization organization, Project project, List<Team> all, @Nullable List<String> environments) {
        List<TeamName> teams = all.stream()
                .filter(team -> team.projects().stream().anyMatch(one -> one.id() == project.id()))
                .map(TeamName::of)
                .toList();
        return new SentryProject(
                String.valueOf(project.id()),
                project.slug(),
                project.name(),
                project.platform(),
                project.platform() == null ? List.of() : List.of(project.platform()),
                project.createdAt(),
                "active",
                true,
                false,
                true,
                false,
                false,
                true,
                false,
                false,
                true,
                true,
                null,
                List.of("releases"),
                teams.isEmpty() ? null : teams.getFirst(),
                teams,
                environments,
                new OrganizationName(SentrySelection.ORGANIZATION_ID, organization.slug(), organization.name()));
    }
}
