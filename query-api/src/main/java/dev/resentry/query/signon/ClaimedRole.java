package dev.resentry.query.signon;

import dev.resentry.query.access.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The role that a user's claims give: the most powerful of those that their values stand for. */
final class ClaimedRole {
    /** Stands for whoever has none of the other values. */
    private static final String ANYONE = "*";

    private final String claim;
    private final Map<String, Role> roles;

    ClaimedRole(OidcSettings settings) {
        this.claim = settings.roleClaim();
        this.roles = settings.rolesByValue();
    }

    /** Whether claims say anything of roles; otherwise roles are given here. */
    boolean isClaimed() {
        return !claim.isBlank();
    }

    /** Empty if none of the values means anything here. */
    Optional<Role> of(Map<String, Object> claims) {
        return values(claims).stream()
                .flatMap(value -> Optional.ofNullable(value.equals(ANYONE) ? null : roles.get(value)).stream())
                .min(Comparator.naturalOrder())
                .or(() -> Optional.ofNullable(roles.get(ANYONE)));
    }

    /** A claim is a text or a list of them, by its whole name or below others, as in {@code realm_access.roles}. */
    private List<String> values(Map<String, Object> claims) {
        Object found = claims.get(claim);
        if (found == null) {
            found = below(claims, Arrays.asList(claim.split("\\.")));
        }
        return switch (found) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String text -> List.of(text);
            case null, default -> List.of();
        };
    }

    private static @Nullable Object below(Map<?, ?> claims, List<String> path) {
        Object next = claims.get(path.getFirst());
        if (path.size() == 1) {
            return next;
        }
        return next instanceof Map<?, ?> inner ? below(inner, path.subList(1, path.size())) : null;
    }
}
