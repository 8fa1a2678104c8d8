package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Role;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserSession;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What people change of their own account, whatever their role. */
@NativeApi
@Tag(name = "Account")
class AccountController {
    private final UserStore users;
    private final SessionStore sessions;
    private final PasswordLogin login;
    private final PasswordChange passwords;
    private final AuditLog audit;
    private final InstantSource clock;

    AccountController(
            UserStore users,
            SessionStore sessions,
            PasswordLogin login,
            PasswordChange passwords,
            AuditLog audit,
            InstantSource clock) {
        this.users = users;
        this.sessions = sessions;
        this.login = login;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(name = "AccountChange")
    record AccountChange(@NotNull @Size(max = 200) String name) {}

    @Schema(name = "Account")
    record AccountAnswer(
            long id,
            String email,
            String name,
            @WordOf(Role.class) String role) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PasswordChange")
    record PasswordChangeRequest(
            @NotBlank String currentPassword,

            @NotNull @Size(min = NewPassword.MIN, max = NewPassword.MAX, message = NewPassword.RULE)
            String newPassword) {}

    /**
     * A browser that is logged in.
     *
     * @param current whether it is the one that asks
     * @param lastSeenAt to the minute
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "AccountSession")
    record AccountSession(
            long id,
            boolean current,
            Instant createdAt,
            Instant lastSeenAt,
            @Nullable String ipAddress,
            @Nullable String userAgent) {
        static AccountSession of(UserSession session, Actor actor) {
            return new AccountSession(
                    session.id(),
                    session.id() == actor.credentialId(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.ipAddress(),
                    session.userAgent());
        }
    }

    @PatchMapping("/api/v1/account")
    @AllowedToPeople
    AccountAnswer change(@Valid @RequestBody AccountChange request, Actor actor) {
        String name = request.name().strip();
        audit.doInTransaction(() -> {
            users.rename(actor.userId(), name);
            audit.record(actor, "user.changed", target(actor), Map.of("name", actor.name()), Map.of("name", name));
        });
        User user = users.find(actor.userId()).orElseThrow(() -> ApiException.notFound("user", actor.userId()));
        return new AccountAnswer(user.id(), user.email(), user.name(), user.role());
    }

    /** Changes the password. Tokens of logins end, and so do all sessions but the one that asks. */
    @PutMapping("/api/v1/account/password")
    @AllowedToPeople(evenBeforeDuty = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@Valid @RequestBody PasswordChangeRequest request, Actor actor) {
        if (request.newPassword().equals(request.currentPassword())) {
            throw ApiException.invalid("new_password", "the current password (expected: another)");
        }
        User user = login.confirm(actor, "current_password", request.currentPassword());
        passwords.change(actor, user, request.newPassword(), actor.credentialId());
    }

    @GetMapping("/api/v1/account/sessions")
    @AllowedToPeople
    List<AccountSession> sessions(Actor actor) {
        return sessions.ofUser(actor.userId(), clock.instant()).stream()
                .map(session -> AccountSession.of(session, actor))
                .toList();
    }

    @DeleteMapping("/api/v1/account/sessions/{id}")
    @AllowedToPeople
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable long id, Actor actor) {
        if (!sessions.end(actor.userId(), id)) {
            throw ApiException.notFound("session", id);
        }
    }

    /** Logs out everywhere: all sessions and all tokens of logins end, this one too. */
    @DeleteMapping("/api/v1/account/sessions")
    @AllowedToPeople(evenBeforeDuty = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAllSessions(Actor actor) {
        audit.doInTransaction(() -> {
            users.revokeTokens(actor.userId());
            sessions.endAll(actor.userId(), 0);
            audit.record(actor, "user.logged_out_everywhere", target(actor), null, null);
        });
    }

    private static AuditLog.Target target(Actor actor) {
        return new AuditLog.Target("user", actor.userId(), actor.email());
    }
}
