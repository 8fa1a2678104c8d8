package dev.resentry.query.user;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.User;

/** Whose role gives what to whom: what concerns owners is for those with the scope member:admin. */
final class Roles {
    static final String PATTERN = "owner|admin|member|viewer";
    static final String RULE = "expected: owner, admin, member or viewer";

    private Roles() {}

    static User requireMayChange(Actor actor, User user) {
        if (isOwner(user.role()) && !actor.may(Scope.MEMBER_ADMIN)) {
            throw ApiException.forbidden("Only owners change owners");
        }
        return user;
    }

    static void requireMayGive(Actor actor, String role) {
        if (isOwner(role) && !actor.may(Scope.MEMBER_ADMIN)) {
            throw ApiException.forbidden("Only owners appoint owners");
        }
    }

    private static boolean isOwner(String role) {
        return role.equals(Role.OWNER.wireName());
    }
}
