package dev.resentry.query.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operation needs, in the words that Sentry's clients use. Within one kind of object {@code admin} includes {@code write},
 * and {@code write} includes {@code read}. The words are part of the API.
 */
public enum Scope {
    ORG_READ,
    ORG_WRITE,
    ORG_ADMIN,
    ORG_CI,
    PROJECT_READ,
    PROJECT_WRITE,
    PROJECT_ADMIN,
    PROJECT_RELEASES,
    TEAM_READ,
    TEAM_WRITE,
    TEAM_ADMIN,
    MEMBER_READ,
    MEMBER_WRITE,
    MEMBER_ADMIN,
    EVENT_READ,
    EVENT_WRITE,
    EVENT_ADMIN,
    ALERTS_READ,
    ALERTS_WRITE;

    /** The words of all scopes, for messages. */
    public static final String WORDS =
            Arrays.stream(values()).map(Scope::wireName).collect(Collectors.joining(", "));

    /** The word of this scope, such as {@code event:write}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Scope> of(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(wireName))
                .findFirst();
    }

    /** Whether who has this scope may do what needs the other. */
    public boolean includes(Scope other) {
        return this == other || (kind().equals(other.kind()) && level() > other.level() && other.level() > 0);
    }

    private String kind() {
        return name().substring(0, name().indexOf('_'));
    }

    /** What is none of the three levels includes nothing, and is included in nothing. */
    private int level() {
        return switch (name().substring(name().indexOf('_') + 1)) {
            case "READ" -> 1;
            case "WRITE" -> 2;
            case "ADMIN" -> 3;
            default -> 0;
        };
    }
}
