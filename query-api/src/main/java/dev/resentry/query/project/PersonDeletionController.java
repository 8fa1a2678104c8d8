package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectController.JobReference;
import dev.resentry.storage.person.PersonDeletion;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Deletions of one person's data. */
@NativeApi
@Tag(name = "Projects")
class PersonDeletionController {
    private final PersonDeletion deletions;
    private final ProjectAccess access;
    private final AuditLog audit;

    PersonDeletionController(PersonDeletion deletions, ProjectAccess access, AuditLog audit) {
        this.deletions = deletions;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Whose data is to be deleted.
     *
     * @param identifier the id, e-mail address, user name or IP address in the person's events
     */
    record Person(@NotBlank @Size(max = 500) String identifier) {}

    /**
     * A deletion under way.
     *
     * @param job what removes the data, and where its progress and its report are shown
     */
    record PersonDeletionStarted(String message, JobReference job) {}

    /** Removes what arrived until now with the identifier; a job does it. The identifier itself is not kept. */
    @PostMapping("/api/v1/projects/{id}/person-deletions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.PROJECT_ADMIN)
    PersonDeletionStarted delete(@PathVariable long id, @Valid @RequestBody Person person, Actor actor) {
        access.require(actor, id);
        long job = audit.inTransaction(() -> {
            long started = deletions
                    .start(id, person.identifier(), actor.email())
                    .orElseThrow(() -> ApiException.notFound("project", id));
            // Whose data it is stands nowhere, here neither.
            audit.record(
                    actor,
                    "project.person_deleted",
                    new AuditLog.Target("project", id, ""),
                    null,
                    Map.of("job", started));
            return started;
        });
        return new PersonDeletionStarted(
                "The person's data is being removed in the background", new JobReference(job, "/api/v1/jobs/" + job));
    }
}
