package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.project.Dsn;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Quota;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;

/** The keys by which SDKs send to a project. */
@SentryApi
class SentryKeyController {
    private static final String KEYS = "/api/0/projects/{organization}/{project}/keys";
    private static final String REASON = "key_quota";
    private static final int MAX_LABEL = 100;

    private final ProjectRegistry registry;
    private final SentrySelection selection;
    private final URI publicUrl;

    SentryKeyController(ProjectRegistry registry, SentrySelection selection, URI publicUrl) {
        this.registry = registry;
        this.selection = selection;
        this.publicUrl = publicUrl;
    }

    /**
     * A key.
     *
     * @param rateLimit the first of its limits; null if it has none
     */
    record SentryKey(
            String id,
            String name,
            String label,
            @JsonProperty("public") String publicKey,
            long projectId,
            boolean isActive,
            @Nullable RateLimit rateLimit,
            DsnForms dsn,
            String browserSdkVersion,
            LoaderOptions dynamicSdkLoaderOptions,
            Instant dateCreated) {}

    /** So many in so many seconds. */
    record RateLimit(long window, long count) {}

    record DsnForms(@JsonProperty("public") String publicForm) {}

    record LoaderOptions(boolean hasReplay, boolean hasPerformance, boolean hasDebug) {}

    /** @param rateLimit null for none; what is absent stays as it is */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record KeyRequest(
            @Nullable String name,
            @Nullable Boolean isActive,
            @Nullable JsonNode rateLimit) {
        @Nullable
        String label() {
            if (name != null
                    && (name.isBlank()
                            || name.length() > MAX_LABEL
                            || name.chars().anyMatch(Character::isISOControl))) {
                throw ApiException.invalid("name", "'%s' (expected: one line of 1 to %d)".formatted(name, MAX_LABEL));
            }
            return name;
        }

        @Nullable
        List<Quota> limits() {
            if (rateLimit == null) {
                return null;
            }
            if (rateLimit.isNull()) {
                return List.of();
            }
            long window = rateLimit.path("window").asLong(0);
            long count = rateLimit.path("count").asLong(-1);
            if (window < 1 || window > Duration.ofDays(1).toSeconds() || count < 0) {
                throw ApiException.invalid(
                        "rateLimit", "%s (expected: a window of 1 to 86400 seconds, and a count)".formatted(rateLimit));
            }
            return List.of(new Quota(Set.of(), count, Duration.ofSeconds(window), REASON));
        }
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping(KEYS)
    ResponseEntity<List<SentryKey>> list(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable String status,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        Project of = selection.project(actor, organization, project);
        return SentryLinks.part(
                of.keys().stream()
                        .filter(key -> status == null || status.isEmpty() || key.active() == status.equals("active"))
                        .map(key -> answer(of, key))
                        .toList(),
                perPage,
                cursor);
    }

    @Allowed(Scope.PROJECT_WRITE)
    @PostMapping(KEYS)
    @ResponseStatus(HttpStatus.CREATED)
    SentryKey add(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody KeyRequest request,
            Actor actor) {
        Project of = selection.project(actor, organization, project);
        String label = request.label();
        List<Quota> limits = request.limits();
        Project after =
                registry.addKey(actor, of.id(), label == null ? "Default" : label, limits == null ? List.of() : limits);
        return answer(
                after,
                after.keys().stream()
                        .max(Comparator.comparingLong(ProjectKey::id))
                        .orElseThrow());
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping(KEYS + "/{key}")
    SentryKey get(
            @PathVariable String organization, @PathVariable String project, @PathVariable String key, Actor actor) {
        Project of = selection.project(actor, organization, project);
        return answer(of, one(of, key));
    }

    @Allowed(Scope.PROJECT_WRITE)
    @PutMapping(KEYS + "/{key}")
    SentryKey change(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable String key,
            @RequestBody KeyRequest request,
            Actor actor) {
        Project of = selection.project(actor, organization, project);
        Project after = registry.changeKey(
                actor, of.id(), one(of, key).id(), request.label(), request.isActive(), request.limits());
        return answer(after, one(after, key));
    }

    @Allowed(Scope.PROJECT_ADMIN)
    @DeleteMapping(KEYS + "/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String organization, @PathVariable String project, @PathVariable String key, Actor actor) {
        Project of = selection.project(actor, organization, project);
        registry.removeKey(actor, of.id(), one(of, key).id());
    }

    /** Clients know keys by the public key, as that is their id elsewhere. */
    private static ProjectKey one(Project project, String named) {
        return project.keys().stream()
                .filter(key -> key.publicKey().value().equals(named)
                        || String.valueOf(key.id()).equals(named))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("key", named));
    }

    private SentryKey answer(Project project, ProjectKey key) {
        Quota limit = key.limits().stream().findFirst().orElse(null);
        return new SentryKey(
                key.publicKey().value(),
                key.label(),
                key.label(),
                key.publicKey().value(),
                project.id(),
                key.active(),
                limit == null ? null : new RateLimit(limit.window().toSeconds(), limit.limit()),
                new DsnForms(new Dsn(publicUrl, key.publicKey(), new ProjectId(project.id())).toString()),
                "latest",
                new LoaderOptions(false, true, false),
                key.createdAt());
    }
}
