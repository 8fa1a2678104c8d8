package dev.resentry.query.user;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.SecondFactorStore;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserIdentityStore;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Users. Owners are appointed, changed and removed by owners only, and the last one stays. */
@NativeApi
@Tag(name = "Users")
class UserController {
    private final UserStore users;
    private final TeamStore teams;
    private final SessionStore sessions;
    private final SecondFactorStore factors;
    private final UserIdentityStore identities;
    private final AuditLog audit;

    UserController(
            UserStore users,
            TeamStore teams,
            SessionStore sessions,
            SecondFactorStore factors,
            UserIdentityStore identities,
            AuditLog audit) {
        this.users = users;
        this.teams = teams;
        this.sessions = sessions;
        this.factors = factors;
        this.identities = identities;
        this.audit = audit;
    }

    /** What is absent stays as it is. */
    record UserChange(
            @Nullable @Size(max = 200) String name,

            @Nullable @Pattern(regexp = Roles.PATTERN, message = Roles.RULE)
            String role,

            @Nullable Boolean active) {}

    @GetMapping("/api/v1/users")
    @Allowed(Scope.MEMBER_READ)
    List<UserResponse> list() {
        Map<Long, List<String>> teamsOf = teams.ofUsers();
        Set<Long> withFactor = factors.usersWithOne();
        Set<Long> withIdentity = identities.usersWithOne();
        return users.list().stream()
                .map(user -> UserResponse.of(
                        user,
                        withFactor.contains(user.id()),
                        withIdentity.contains(user.id()),
                        teamsOf.getOrDefault(user.id(), List.of())))
                .toList();
    }

    /** Whoever is made inactive is logged out at once, and their tokens are good for nothing while it lasts. */
    @PatchMapping("/api/v1/users/{id}")
    @Allowed(Scope.MEMBER_WRITE)
    UserResponse change(@PathVariable long id, @Valid @RequestBody UserChange request, Actor actor) {
        return audit.inTransaction(() -> {
            User old = Roles.requireMayChange(actor, existing(id));
            String role = request.role() == null ? old.role() : request.role();
            Roles.requireMayGive(actor, role);
            boolean active = request.active() == null ? old.active() : request.active();
            if (!active || !role.equals(Role.OWNER.wireName())) {
                requireAnotherOwner(old);
            }
            users.change(
                    id, request.name() == null ? old.name() : request.name().strip(), role, active);
            if (!active) {
                sessions.endAll(id, 0);
            }
            UserResponse before = answer(old);
            UserResponse after = answer(existing(id));
            audit.record(actor, "user.changed", target(old), before, after);
            return after;
        });
    }

    @DeleteMapping("/api/v1/users/{id}")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        audit.doInTransaction(() -> {
            User old = Roles.requireMayChange(actor, existing(id));
            requireAnotherOwner(old);
            UserResponse before = answer(old);
            users.remove(id);
            audit.record(actor, "user.deleted", target(old), before, null);
        });
    }

    /** Takes the second factor of a user away who has lost the app and the recovery codes; their password does until there is another. */
    @DeleteMapping("/api/v1/users/{id}/second-factor")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetSecondFactor(@PathVariable long id, Actor actor) {
        if (id == actor.userId()) {
            throw ApiException.forbidden(
                    "Your own second factor is switched off in the account, with the password and a code");
        }
        audit.doInTransaction(() -> {
            User user = Roles.requireMayChange(actor, existing(id));
            if (!factors.remove(id)) {
                throw ApiException.notFound("second factor of user", id);
            }
            audit.record(actor, "user.second_factor_reset", target(user), null, null);
        });
    }

    private void requireAnotherOwner(User user) {
        String owner = Role.OWNER.wireName();
        if (user.role().equals(owner) && user.active() && users.lockActive(owner) == 1) {
            throw ApiException.conflict("role", "%s is the last owner".formatted(user.email()));
        }
    }

    private User existing(long id) {
        return users.find(id).orElseThrow(() -> ApiException.notFound("user", id));
    }

    private UserResponse answer(User user) {
        return UserResponse.of(
                user,
                factors.isOn(user.id()),
                identities.isKnown(user.id()),
                teams.ofUsers().getOrDefault(user.id(), List.of()));
    }

    private static AuditLog.Target target(User user) {
        return new AuditLog.Target("user", user.id(), user.email());
    }
}
