package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.storage.team.Team;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A team.
 *
 * @param dateCreated not known
 * @param projects those that the caller sees, where they are asked for
 */
record SentryTeam(
        String id,
        String slug,
        String name,
        @Nullable Instant dateCreated,
        boolean isMember,
        boolean hasAccess,
        boolean isPending,
        int memberCount,
        SentryOrganizationController.Avatar avatar,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SentryProject> projects) {
    static SentryTeam of(Team team, long userId, @Nullable List<SentryProject> projects) {
        return new SentryTeam(
                String.valueOf(team.id()),
                team.slug(),
                team.name(),
                null,
                team.members().stream().anyMatch(member -> member.id() == userId),
                true,
                false,
                team.members().size(),
                new SentryOrganizationController.Avatar("letter_avatar"),
                projects);
    }
}
