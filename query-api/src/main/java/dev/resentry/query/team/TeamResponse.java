package dev.resentry.query.team;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.team.Team;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A team as the API shows it. */
@Schema(name = "Team")
record TeamResponse(long id, String slug, String name, List<Member> members, List<TeamProject> projects) {

    @Schema(name = "TeamMember")
    record Member(long id, String email, String name) {}

    @Schema(name = "TeamProject")
    record TeamProject(long id, String slug, String name) {}

    static TeamResponse of(Team team, VisibleProjects visible) {
        return new TeamResponse(
                team.id(),
                team.slug(),
                team.name(),
                team.members().stream()
                        .map(member -> new Member(member.id(), member.email(), member.name()))
                        .toList(),
                team.projects().stream()
                        .filter(project -> visible.contains(project.id()))
                        .map(project -> new TeamProject(project.id(), project.slug(), project.name()))
                        .toList());
    }
}
