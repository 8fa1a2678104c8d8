package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AllowedToPeople;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.user.ApiToken;
import dev.resentry.storage.user.ApiTokenStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The tokens that people make for their programs. A program cannot make more of them. */
@NativeApi
@Tag(name = "API tokens")
class ApiTokenController {
    private final ApiTokenStore tokens;
    private final AuditLog audit;
    private final InstantSource clock;

    ApiTokenController(ApiTokenStore tokens, AuditLog audit, InstantSource clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A token to be made.
     *
     * @param scopes what it is for; each one that the maker's role allows
     * @param expiresAt absent for never
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "NewApiToken")
    record NewApiToken(
            @NotBlank @Size(max = 100) String name,
            @NotNull @NotEmpty @Size(max = 50) List<@NotNull String> scopes,
            @Nullable Instant expiresAt) {}

    /**
     * A token as the API shows it.
     *
     * @param prefix how it begins
     * @param lastUsedAt to the minute
     * @param token the token itself, in the answer to its making and never again
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ApiToken")
    record ApiTokenAnswer(
            long id,
            String name,
            List<String> scopes,
            String prefix,
            long userId,
            String userEmail,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt,
            @Nullable String token) {
        static ApiTokenAnswer of(ApiToken stored, @Nullable String token) {
            return new ApiTokenAnswer(
                    stored.id(),
                    stored.name(),
                    stored.scopes().stream().sorted().toList(),
                    stored.prefix(),
                    stored.userId(),
                    stored.userEmail(),
                    stored.createdAt(),
                    stored.lastUsedAt(),
                    stored.expiresAt(),
                    token);
        }
    }

    /**
     * Lists the caller's tokens.
     *
     * @param all those of all users, for who has the scope member:write
     */
    @GetMapping("/api/v1/tokens")
    @AllowedToPeople
    List<ApiTokenAnswer> list(@RequestParam(defaultValue = "false") boolean all, Actor actor) {
        if (all && !actor.may(Scope.MEMBER_WRITE)) {
            throw ApiException.forbidden("The tokens of others need the scope member:write");
        }
        return tokens.list(all ? null : actor.userId()).stream()
                .map(token -> ApiTokenAnswer.of(token, null))
                .toList();
    }

    /** Makes a token. The answer holds it, and nothing else ever does. */
    @PostMapping("/api/v1/tokens")
    @AllowedToPeople
    @ResponseStatus(HttpStatus.CREATED)
    ApiTokenAnswer add(@Valid @RequestBody NewApiToken request, Actor actor) {
        Set<String> scopes = scopes(request.scopes(), actor);
        Instant expiresAt = request.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw ApiException.invalid("expires_at", "%s (expected: in the future)".formatted(expiresAt));
        }
        SecretToken secret = ApiTokens.random();
        var made = new ApiToken(
                0,
                actor.userId(),
                actor.email(),
                request.name().strip(),
                scopes,
                ApiTokens.shown(secret),
                clock.instant(),
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS),
                null);
        ApiToken stored = audit.inTransaction(() -> {
            long id = tokens.add(made, secret.hash());
            ApiToken found = tokens.find(id).orElseThrow();
            audit.record(actor, "api_token.created", target(found), null, ApiTokenAnswer.of(found, null));
            return found;
        });
        return ApiTokenAnswer.of(stored, secret.text());
    }

    /** Ends a token: one's own, or with the scope member:write anyone's. */
    @DeleteMapping("/api/v1/tokens/{id}")
    @AllowedToPeople
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        ApiToken token = tokens.find(id)
                .filter(found -> found.userId() == actor.userId() || actor.may(Scope.MEMBER_WRITE))
                .orElseThrow(() -> ApiException.notFound("token", id));
        audit.doInTransaction(() -> {
            tokens.remove(id);
            audit.record(actor, "api_token.deleted", target(token), ApiTokenAnswer.of(token, null), null);
        });
    }

    private static Set<String> scopes(List<String> words, Actor actor) {
        Set<String> scopes = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String field = "scopes[%d]".formatted(i);
            Scope scope = Scope.of(word)
                    .orElseThrow(() ->
                            ApiException.invalid(field, "'%s' (expected: one of %s)".formatted(word, Scope.WORDS)));
            if (!actor.role().scopes().contains(scope)) {
                throw ApiException.invalid(
                        field,
                        "'%s' (expected: one that the role %s allows)"
                                .formatted(word, actor.role().wireName()));
            }
            scopes.add(word);
        }
        return scopes;
    }

    private static AuditLog.Target target(ApiToken token) {
        return new AuditLog.Target("api_token", token.id(), token.name());
    }
}
