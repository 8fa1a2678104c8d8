package dev.resentry.storage.team;

import java.util.List;

/** A team, with those who are in it by address, and its projects by slug. */
public record Team(long id, String slug, String name, List<Member> members, List<TeamProject> projects) {
    public Team {
        members = List.copyOf(members);
        projects = List.copyOf(projects);
    }

    /** Who is in a team. */
    public record Member(long id, String email, String name) {}

    /** A project that a team cares for. */
    public record TeamProject(long id, String slug, String name) {}
}
