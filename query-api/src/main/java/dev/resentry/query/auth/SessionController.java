package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Scope;
import dev.resentry.query.access.Via;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.user.CredentialOfUser;
import dev.resentry.storage.user.SessionStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserSession;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The session of a browser: log in, who is logged in, log out. */
@NativeApi
@Tag(name = "Login")
class SessionController {
    static final String PATH = "/api/v1/session";

    private final Login login;
    private final BrowserSessions sessions;
    private final SessionStore store;
    private final UserStore users;
    private final OrganizationStore organizations;

    SessionController(
            Login login,
            BrowserSessions sessions,
            SessionStore store,
            UserStore users,
            OrganizationStore organizations) {
        this.login = login;
        this.sessions = sessions;
        this.store = store;
        this.users = users;
        this.organizations = organizations;
    }

    /** @param code of the authenticator app, or a recovery code, for users who have a second factor */
    @Schema(name = "SessionLogin")
    record SessionLogin(
            @NotBlank String email,
            @NotBlank String password,
            @Nullable @Size(max = SecondFactors.MAX_CODE) String code) {}

    /**
     * Who is logged in.
     *
     * @param csrfToken to be sent as X-CSRF-Token with every request that is not GET or HEAD; null for who has no session but a token
     * @param scopes what the role allows
     * @param firstLogin whether the user never logged in before
     * @param singleSignOn whether the session began with a provider of OpenID Connect
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Session")
    record SessionAnswer(
            SessionUser user,
            @Nullable String csrfToken,
            SessionOrganization organization,
            List<String> scopes,
            boolean firstLogin,
            boolean singleSignOn) {}

    /**
     * The user of a session.
     *
     * @param mustChangePassword whether the session is good for nothing else until the password is changed
     * @param mustSetUpSecondFactor whether it is good for nothing else until a second factor is set up
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "SessionUser")
    record SessionUser(
            long id,
            String email,
            String name,
            @WordOf(Role.class) String role,
            boolean mustChangePassword,
            boolean mustSetUpSecondFactor) {}

    @Schema(name = "SessionOrganization")
    record SessionOrganization(String slug, String name) {}

    /**
     * Logs a browser in: the answer sets its cookie. Where the user has a second factor and the code is missing, it is 401 with the
     * error second_factor_required.
     */
    @PostMapping(PATH)
    @SecurityRequirements
    @AllowedToAnyone
    ResponseEntity<SessionAnswer> begin(@Valid @RequestBody SessionLogin request, HttpServletRequest http) {
        User user = login.logIn(request.email(), request.password(), request.code(), http.getRemoteAddr());
        BrowserSessions.Begun begun = sessions.begin(user, false, http);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        sessions.cookie(begun.token(), http).toString())
                .body(answer(user, begun.token(), begun.session()));
    }

    @GetMapping(PATH)
    @AllowedToPeople(evenBeforeDuty = true)
    SessionAnswer get(Actor actor, HttpServletRequest http) {
        if (actor.via() != Via.SESSION) {
            return answer(users.find(actor.userId()).orElseThrow(() -> userIsGone(actor)), null, null);
        }
        SecretToken token = BrowserSessions.token(http).orElseThrow();
        CredentialOfUser<UserSession> found = sessions.find(token).orElseThrow(() -> userIsGone(actor));
        return answer(found.user(), token, found.credential());
    }

    private static ApiException userIsGone(Actor actor) {
        return ApiException.notFound("user", actor.userId());
    }

    /** Logs the browser out. */
    @DeleteMapping(PATH)
    @AllowedToPeople(evenBeforeDuty = true)
    @ApiResponse(responseCode = "204")
    ResponseEntity<Void> end(Actor actor, HttpServletRequest http) {
        if (actor.via() != Via.SESSION) {
            throw ApiException.conflict(
                    "session", "this is a token and no session; DELETE /api/v1/account/sessions ends all of both");
        }
        store.end(actor.userId(), actor.credentialId());
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, sessions.noCookie(http).toString())
                .build();
    }

    private SessionAnswer answer(User user, @Nullable SecretToken token, @Nullable UserSession session) {
        Organization organization = organizations.get();
        Role role = Role.of(user.role()).orElse(Role.VIEWER);
        boolean singleSignOn = session != null && session.singleSignOn();
        return new SessionAnswer(
                new SessionUser(
                        user.id(),
                        user.email(),
                        user.name(),
                        role.wireName(),
                        user.mustChangePassword() && !singleSignOn,
                        user.lacksSecondFactor() && !singleSignOn),
                token == null ? null : BrowserSessions.csrfToken(token),
                new SessionOrganization(organization.slug(), organization.name()),
                role.scopes().stream().map(Scope::wireName).sorted().toList(),
                session != null && session.firstLogin(),
                singleSignOn);
    }
}
