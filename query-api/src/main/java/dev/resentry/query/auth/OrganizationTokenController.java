package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.organization.OrganizationToken;
import dev.resentry.storage.organization.OrganizationTokenStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The tokens of the organization for builds: each may do what releases and uploads need, and nothing else. */
@NativeApi
@Tag(name = "Organization")
class OrganizationTokenController {
    private final OrganizationTokenStore tokens;
    private final OrganizationStore organizations;
    private final AuditLog audit;
    private final URI publicUrl;
    private final InstantSource clock;

    OrganizationTokenController(
            OrganizationTokenStore tokens,
            OrganizationStore organizations,
            AuditLog audit,
            URI publicUrl,
            InstantSource clock) {
        this.tokens = tokens;
        this.organizations = organizations;
        this.audit = audit;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** A token to be made. */
    record NewOrganizationToken(@NotBlank @Size(max = 100) String name) {}

    /**
     * A token of the organization.
     *
     * @param lastCharacters how it ends
     * @param scopes what it may do
     * @param createdBy the e-mail address of who made it
     * @param lastUsedAt to the minute
     * @param token the token itself, in the answer to its making and never again
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "OrganizationToken")
    record OrganizationTokenResponse(
            long id,
            String name,
            String lastCharacters,
            List<String> scopes,
            String createdBy,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable String token) {
        static OrganizationTokenResponse of(OrganizationToken stored, @Nullable String token) {
            return new OrganizationTokenResponse(
                    stored.id(),
                    stored.name(),
                    stored.lastCharacters(),
                    List.of(Scope.ORG_CI.wireName()),
                    stored.createdBy(),
                    stored.createdAt(),
                    stored.lastUsedAt(),
                    token);
        }
    }

    @Allowed(Scope.ORG_WRITE)
    @GetMapping("/api/v1/organization/tokens")
    List<OrganizationTokenResponse> list() {
        return tokens.list().stream()
                .map(token -> OrganizationTokenResponse.of(token, null))
                .toList();
    }

    /** Makes a token. The answer holds it, and nothing else ever does. */
    @Allowed(Scope.ORG_WRITE)
    @PostMapping("/api/v1/organization/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    OrganizationTokenResponse add(@Valid @RequestBody NewOrganizationToken request, Actor actor) {
        SecretToken secret =
                OrganizationTokens.random(publicUrl, organizations.get().slug(), clock.instant());
        OrganizationToken stored = audit.inTransaction(() -> {
            OrganizationToken added = tokens.add(
                    request.name().strip(),
                    OrganizationTokens.shown(secret),
                    secret.hash(),
                    actor.email(),
                    clock.instant());
            audit.record(
                    actor,
                    "organization_token.created",
                    target(added),
                    null,
                    OrganizationTokenResponse.of(added, null));
            return added;
        });
        return OrganizationTokenResponse.of(stored, secret.text());
    }

    /** Ends a token. */
    @Allowed(Scope.ORG_WRITE)
    @DeleteMapping("/api/v1/organization/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        OrganizationToken token = tokens.find(id).orElseThrow(() -> ApiException.notFound("token", id));
        audit.doInTransaction(() -> {
            tokens.remove(id);
            audit.record(
                    actor,
                    "organization_token.deleted",
                    target(token),
                    OrganizationTokenResponse.of(token, null),
                    null);
        });
    }

    private static AuditLog.Target target(OrganizationToken token) {
        return new AuditLog.Target("organization_token", token.id(), token.name());
    }
}
