package dev.resentry.query.project;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectController.JobReference;
import dev.resentry.storage.person.PersonDeletion;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
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

    PersonDeletionController(PersonDeletion deletions) {
        this.deletions = deletions;
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
    PersonDeletionStarted delete(@PathVariable long id, @Valid @RequestBody Person person, Principal caller) {
        long job = deletions
                .start(id, person.identifier(), caller.getName())
                .orElseThrow(() -> ApiException.notFound("project", id));
        return new PersonDeletionStarted(
                "The person's data is being removed in the background", new JobReference(job, "/api/v1/jobs/" + job));
    }
}
