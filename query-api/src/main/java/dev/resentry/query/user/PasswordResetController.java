package dev.resentry.query.user;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Duty;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Scope;
import dev.resentry.query.access.Via;
import dev.resentry.query.auth.NewPassword;
import dev.resentry.query.auth.PasswordChange;
import dev.resentry.query.auth.PasswordResetThrottle;
import dev.resentry.query.auth.SecretToken;
import dev.resentry.query.delivery.Mails;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.PasswordResetStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** New passwords by a link: mailed to who asks for one, or made by an administrator, who may hand it on too. */
@NativeApi
@Tag(name = "Users")
class PasswordResetController {
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    /** That nobody but the one who asks has seen. */
    private static final Duration ASKED_FOR_GOOD_FOR = Duration.ofHours(2);

    private final PasswordResetStore resets;
    private final UserStore users;
    private final PasswordChange passwords;
    private final PasswordResetThrottle throttle;
    private final AuditLog audit;
    private final Mails mails;
    private final URI publicUrl;
    private final InstantSource clock;

    PasswordResetController(
            PasswordResetStore resets,
            UserStore users,
            PasswordChange passwords,
            PasswordResetThrottle throttle,
            AuditLog audit,
            Mails mails,
            URI publicUrl,
            InstantSource clock) {
        this.resets = resets;
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
        this.mails = mails;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** @param mailed whether the link is mailed to the user */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PasswordReset")
    record PasswordReset(String url, Instant expiresAt, boolean mailed) {}

    record ForgottenPassword(
            @NotNull @Email @NotBlank @Size(max = 254) String email) {}

    record AcceptedPasswordReset(
            @NotBlank @Size(max = 200) String token,

            @NotNull @Size(min = NewPassword.MIN, max = NewPassword.MAX, message = NewPassword.RULE)
            String password) {}

    /** Makes a link; an earlier one of the user ends. The password stays until the link is followed. */
    @PostMapping("/api/v1/users/{id}/password-reset")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    PasswordReset add(@PathVariable long id, Actor actor) {
        User user = Roles.requireMayChange(actor, users.find(id).orElseThrow(() -> ApiException.notFound("user", id)));
        SecretToken secret = SecretToken.random("");
        Instant expiresAt = clock.instant().plus(GOOD_FOR);
        String link = link(secret);
        return audit.inTransaction(() -> {
            resets.put(id, secret.hash(), expiresAt);
            audit.record(actor, "user.password_reset", new AuditLog.Target("user", id, user.email()), null, null);
            return new PasswordReset(link, expiresAt, mails.sendPasswordReset(user.email(), link, expiresAt));
        });
    }

    /**
     * Mails a link to who has forgotten the password. The answer is the same whether there is such a user or not; where mail is not
     * set up, nothing comes of it.
     */
    @PostMapping("/api/v1/password-resets")
    @Operation(operationId = "requestPasswordReset")
    @SecurityRequirements
    @AllowedToAnyone
    @ResponseStatus(HttpStatus.ACCEPTED)
    void request(@Valid @RequestBody ForgottenPassword request, HttpServletRequest http) {
        if (!throttle.allows(request.email(), http.getRemoteAddr()) || !mails.areSetUp()) {
            return;
        }
        SecretToken secret = SecretToken.random("");
        Instant expiresAt = clock.instant().plus(ASKED_FOR_GOOD_FOR);
        audit.doInTransaction(() -> users.findByEmail(request.email())
                .filter(User::active)
                .ifPresent(user -> {
                    resets.put(user.id(), secret.hash(), expiresAt);
                    mails.sendPasswordReset(user.email(), link(secret), expiresAt);
                    audit.record(
                            byLink(user, http),
                            "user.password_reset_requested",
                            new AuditLog.Target("user", user.id(), user.email()),
                            null,
                            null);
                }));
    }

    /** Sets the new password. A link is good once; sessions and tokens of logins end. */
    @PostMapping("/api/v1/password-resets/accept")
    @Operation(operationId = "acceptPasswordReset")
    @SecurityRequirements
    @AllowedToAnyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(@Valid @RequestBody AcceptedPasswordReset request, HttpServletRequest http) {
        audit.doInTransaction(() -> {
            User user = resets.take(new SecretToken(request.token()).hash(), clock.instant())
                    .flatMap(users::find)
                    .orElseThrow(() -> ApiException.notFound("password reset", "with this link, or not any more"));
            passwords.change(byLink(user, http), user, request.password(), 0);
        });
    }

    private String link(SecretToken secret) {
        return publicUrl.resolve("/ui/password-reset/" + secret.text()).toString();
    }

    private static Actor byLink(User user, HttpServletRequest http) {
        Role role = Role.of(user.role()).orElse(Role.VIEWER);
        return new Actor(
                user.id(),
                user.email(),
                user.name(),
                role,
                role.scopes(),
                Via.LINK,
                0,
                http.getRemoteAddr(),
                Duty.NONE);
    }
}
