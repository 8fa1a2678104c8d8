package dev.resentry.query.access;

import static dev.resentry.query.access.Scope.ALERTS_READ;
import static dev.resentry.query.access.Scope.ALERTS_WRITE;
import static dev.resentry.query.access.Scope.EVENT_READ;
import static dev.resentry.query.access.Scope.EVENT_WRITE;
import static dev.resentry.query.access.Scope.MEMBER_ADMIN;
import static dev.resentry.query.access.Scope.MEMBER_READ;
import static dev.resentry.query.access.Scope.ORG_ADMIN;
import static dev.resentry.query.access.Scope.ORG_READ;
import static dev.resentry.query.access.Scope.PROJECT_READ;
import static dev.resentry.query.access.Scope.PROJECT_RELEASES;
import static dev.resentry.query.access.Scope.TEAM_READ;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What someone is in the organization, the most powerful first. The words are part of the API. */
public enum Role {
    /** May do everything. */
    OWNER(EnumSet.allOf(Scope.class)),
    /** May do everything but appoint owners and what concerns the organization as a whole. */
    ADMIN(EnumSet.complementOf(EnumSet.of(ORG_ADMIN, MEMBER_ADMIN))),
    /** Works with issues. */
    MEMBER(EnumSet.of(
            ORG_READ,
            PROJECT_READ,
            PROJECT_RELEASES,
            TEAM_READ,
            MEMBER_READ,
            EVENT_READ,
            EVENT_WRITE,
            ALERTS_READ,
            ALERTS_WRITE)),
    /** Sees, and changes nothing. */
    VIEWER(EnumSet.of(ORG_READ, PROJECT_READ, TEAM_READ, MEMBER_READ, EVENT_READ, ALERTS_READ));

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Scope> scopes;

    Role(EnumSet<Scope> scopes) {
        this.scopes = Collections.unmodifiableSet(scopes);
    }

    /** What the role allows. */
    public Set<Scope> scopes() {
        return scopes;
    }

    /** Whether the role sees the projects of all teams, whatever the organization says. */
    public boolean seesAllProjects() {
        return this == OWNER || this == ADMIN;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
