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
import dev.resentry.query.auth.SecretToken;
import dev.resentry.query.delivery.Mails;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.Invitation;
import dev.resentry.storage.user.InvitationStore;
import dev.resentry.storage.user.NewUser;
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
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Invitations by link: whoever has the link becomes a user. It is mailed if mail is set up; who invites may hand it on too. */
@NativeApi
@Tag(name = "Users")
class InvitationController {
    private static final Duration GOOD_FOR = Duration.ofDays(7);

    private final InvitationStore invitations;
    private final UserStore users;
    private final TeamStore teams;
    private final PasswordEncoder passwords;
    private final AuditLog audit;
    private final Mails mails;
    private final URI publicUrl;
    private final InstantSource clock;

    InvitationController(
            InvitationStore invitations,
            UserStore users,
            TeamStore teams,
            PasswordEncoder passwords,
            AuditLog audit,
            Mails mails,
            URI publicUrl,
            InstantSource clock) {
        this.invitations = invitations;
        this.users = users;
        this.teams = teams;
        this.passwords = passwords;
        this.audit = audit;
        this.mails = mails;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * An invitation to be made.
     *
     * @param teams slugs of the teams that the user comes to; absent for none
     */
    record NewInvitation(
            @NotNull @Email @NotBlank @Size(max = 254) String email,

            @NotNull @Pattern(regexp = Roles.PATTERN, message = Roles.RULE)
            String role,

            @Nullable @Size(max = 100) List<@NotNull String> teams) {}

    /**
     * An invitation.
     *
     * @param url the link, in the answer to its making and never again
     * @param mailed whether the link is mailed, in the same answer
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Invitation")
    record InvitationResponse(
            long id,
            String email,
            @WordOf(Role.class) String role,
            List<String> teams,
            Instant expiresAt,
            @Nullable String url,
            @Nullable Boolean mailed) {
        static InvitationResponse of(Invitation invitation) {
            return of(invitation, null, null);
        }

        static InvitationResponse of(Invitation invitation, @Nullable String url, @Nullable Boolean mailed) {
            return new InvitationResponse(
                    invitation.id(),
                    invitation.email(),
                    invitation.role(),
                    invitation.teams(),
                    invitation.expiresAt(),
                    url,
                    mailed);
        }
    }

    /** What the one who is invited may know. */
    @Schema(name = "InvitationPreview")
    record InvitationPreview(
            String email, @WordOf(Role.class) String role) {}

    record AcceptedInvitation(
            @NotBlank @Size(max = 200) String token,
            @NotNull @Size(max = 200) String name,

            @NotNull @Size(min = NewPassword.MIN, max = NewPassword.MAX, message = NewPassword.RULE)
            String password) {}

    @GetMapping("/api/v1/invitations")
    @Allowed(Scope.MEMBER_WRITE)
    List<InvitationResponse> list() {
        return invitations.list().stream()
                .map(invitation -> InvitationResponse.of(invitation))
                .toList();
    }

    /** Makes an invitation; an earlier one to the same address ends. */
    @PostMapping("/api/v1/invitations")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    InvitationResponse add(@Valid @RequestBody NewInvitation request, Actor actor) {
        Roles.requireMayGive(actor, request.role());
        List<String> slugs = request.teams() == null ? List.of() : request.teams();
        List<String> unknown = teams.unknown(slugs);
        if (!unknown.isEmpty()) {
            throw ApiException.invalid("teams", "there is no team '%s'".formatted(unknown.getFirst()));
        }
        if (users.findByEmail(request.email()).isPresent()) {
            throw ApiException.conflict("email", "%s is a user already".formatted(request.email()));
        }
        SecretToken secret = SecretToken.random("");
        Instant now = clock.instant();
        var wanted = new Invitation(0, request.email(), request.role(), slugs, now.plus(GOOD_FOR));
        String link = publicUrl.resolve("/ui/invitation/" + secret.text()).toString();
        return audit.inTransaction(() -> {
            long id = invitations.put(wanted, secret.hash(), actor.email(), now);
            Invitation stored = new Invitation(id, wanted.email(), wanted.role(), wanted.teams(), wanted.expiresAt());
            audit.record(actor, "invitation.created", target(stored), null, InvitationResponse.of(stored));
            boolean mailed = mails.sendInvitation(stored.email(), actor.email(), link, stored.expiresAt());
            return InvitationResponse.of(stored, link, mailed);
        });
    }

    @DeleteMapping("/api/v1/invitations/{id}")
    @Allowed(Scope.MEMBER_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        audit.doInTransaction(() -> {
            Invitation gone = invitations.take(id).orElseThrow(() -> ApiException.notFound("invitation", id));
            audit.record(actor, "invitation.deleted", target(gone), InvitationResponse.of(gone), null);
        });
    }

    @GetMapping("/api/v1/invitations/by-token/{token}")
    @SecurityRequirements
    @AllowedToAnyone
    InvitationPreview get(@PathVariable String token) {
        Invitation invitation = find(token);
        return new InvitationPreview(invitation.email(), invitation.role());
    }

    /** Makes the user, who can log in then. A link is good once. */
    @PostMapping("/api/v1/invitations/accept")
    @Operation(operationId = "acceptInvitation")
    @SecurityRequirements
    @AllowedToAnyone
    @ResponseStatus(HttpStatus.CREATED)
    InvitationPreview accept(@Valid @RequestBody AcceptedInvitation request, HttpServletRequest http) {
        Invitation found = find(request.token());
        String hash = String.valueOf(passwords.encode(request.password()));
        return audit.inTransaction(() -> {
            Invitation taken = invitations.take(found.id()).orElseThrow(() -> notGood());
            if (users.findByEmail(taken.email()).isPresent()) {
                throw ApiException.conflict("email", "%s is a user already".formatted(taken.email()));
            }
            String name = request.name().strip();
            long id = users.add(new NewUser(taken.email(), name, taken.role(), hash, false), clock.instant());
            teams.addMember(taken.teams(), id);
            Role role = Role.of(taken.role()).orElse(Role.VIEWER);
            var actor = new Actor(
                    id, taken.email(), name, role, role.scopes(), Via.LINK, 0, http.getRemoteAddr(), Duty.NONE);
            audit.record(
                    actor,
                    "invitation.accepted",
                    new AuditLog.Target("user", id, taken.email()),
                    null,
                    InvitationResponse.of(taken));
            return new InvitationPreview(taken.email(), taken.role());
        });
    }

    private Invitation find(String token) {
        return invitations.find(new SecretToken(token).hash(), clock.instant()).orElseThrow(() -> notGood());
    }

    private static ApiException notGood() {
        return ApiException.notFound("invitation", "with this link, or not any more");
    }

    private static AuditLog.Target target(Invitation invitation) {
        return new AuditLog.Target("invitation", invitation.id(), invitation.email());
    }
}
