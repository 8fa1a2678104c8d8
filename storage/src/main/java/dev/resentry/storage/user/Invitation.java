package dev.resentry.storage.user;

import java.time.Instant;
import java.util.List;

/**
 * What someone may become who follows its link.
 *
 * @param teams slugs of the teams that they come to
 */
public record Invitation(long id, String email, String role, List<String> teams, Instant expiresAt) {
    public Invitation {
        teams = List.copyOf(teams);
    }
}
