package dev.resentry.query.organization;

import dev.resentry.model.project.Slug;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.organization.OrganizationStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The one organization of the installation. */
@NativeApi
@Tag(name = "Organization")
class OrganizationController {
    private final OrganizationStore organizations;
    private final AuditLog audit;

    OrganizationController(OrganizationStore organizations, AuditLog audit) {
        this.organizations = organizations;
        this.audit = audit;
    }

    /**
     * The organization.
     *
     * @param membersSeeAllProjects whether members and viewers see the projects of teams that they are not in
     * @param requiresSecondFactor whether who logs in with a password and has no second factor has to set one up before anything else
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Organization")
    record OrganizationResponse(String slug, String name, boolean membersSeeAllProjects, boolean requiresSecondFactor) {
        static OrganizationResponse of(Organization organization) {
            return new OrganizationResponse(
                    organization.slug(),
                    organization.name(),
                    organization.membersSeeAllProjects(),
                    organization.requiresSecondFactor());
        }
    }

    /** What is absent stays as it is. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OrganizationChange(
            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(min = 1, max = 200) String name,
            @Nullable Boolean membersSeeAllProjects,
            @Nullable Boolean requiresSecondFactor) {}

    @GetMapping("/api/v1/organization")
    @Allowed(Scope.ORG_READ)
    OrganizationResponse get() {
        return OrganizationResponse.of(organizations.get());
    }

    @PatchMapping("/api/v1/organization")
    @Allowed(Scope.ORG_ADMIN)
    OrganizationResponse change(@Valid @RequestBody OrganizationChange request, Actor actor) {
        return audit.inTransaction(() -> {
            Organization old = organizations.lock();
            var wanted = new Organization(
                    request.slug() == null ? old.slug() : request.slug(),
                    request.name() == null ? old.name() : request.name().strip(),
                    request.membersSeeAllProjects() == null
                            ? old.membersSeeAllProjects()
                            : request.membersSeeAllProjects(),
                    request.requiresSecondFactor() == null
                            ? old.requiresSecondFactor()
                            : request.requiresSecondFactor());
            organizations.change(wanted);
            OrganizationResponse after = OrganizationResponse.of(wanted);
            audit.record(
                    actor,
                    "organization.changed",
                    new AuditLog.Target("organization", wanted.slug(), wanted.name()),
                    OrganizationResponse.of(old),
                    after);
            return after;
        });
    }
}
