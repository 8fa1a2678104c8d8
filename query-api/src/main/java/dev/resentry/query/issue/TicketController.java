package dev.resentry.query.issue;

import dev.resentry.model.repository.WebAddress;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.issue.IssueTicket;
import dev.resentry.storage.issue.IssueTicketStore;
import dev.resentry.storage.issue.IssueTicketStore.Kept;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.repository.RepositoryStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
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

/** Tickets elsewhere: where a new one of an issue is made, and those that people keep of it. */
@NativeApi
@Tag(name = "Issues")
class TicketController {
    private final IssueTicketStore tickets;
    private final RepositoryStore repositories;
    private final IssueSelection selection;
    private final URI publicUrl;

    TicketController(IssueTicketStore tickets, RepositoryStore repositories, IssueSelection selection, URI publicUrl) {
        this.tickets = tickets;
        this.repositories = repositories;
        this.selection = selection;
        this.publicUrl = publicUrl;
    }

    /**
     * Where a new ticket of an issue is made.
     *
     * @param url a form of the project's repository that is filled in; null if the project has no repository
     */
    record TicketForm(@Nullable String url) {}

    /**
     * A ticket that exists.
     *
     * @param url of http or https, without a user name or password
     */
    record NewTicket(
            @NotBlank @Size(max = WebAddress.MAX_LENGTH) String url) {}

    /**
     * A ticket of an issue.
     *
     * @param by who kept it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "IssueTicket")
    record TicketResponse(long id, String url, Instant createdAt, ActorResponse by) {
        static TicketResponse of(IssueTicket ticket) {
            return new TicketResponse(
                    ticket.id(),
                    ticket.url(),
                    ticket.createdAt(),
                    new ActorResponse(ticket.actorId(), ticket.actorName()));
        }
    }

    /** @param results the first first */
    record IssueTickets(List<TicketResponse> results) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/ticket-form")
    TicketForm form(@PathVariable long id, Actor actor) {
        StoredIssue issue = selection.one(actor, id);
        URI address = publicUrl.resolve("/ui/issues/" + issue.id());
        return new TicketForm(repositories
                .find(issue.projectId())
                .map(stored -> stored.repository().newTicketLink(issue.title(), TicketText.body(issue, address)))
                .orElse(null));
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/tickets")
    IssueTickets list(@PathVariable long id, Actor actor) {
        return new IssueTickets(tickets.of(selection.one(actor, id).id()).stream()
                .map(TicketResponse::of)
                .toList());
    }

    /** Keeps a ticket; one that the issue has already stays as it is. */
    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/issues/{id}/tickets")
    @ResponseStatus(HttpStatus.CREATED)
    TicketResponse add(@PathVariable long id, @Valid @RequestBody NewTicket ticket, Actor actor) {
        long issue = selection.one(actor, id).id();
        WebAddress address = WebAddress.parse(ticket.url())
                .orElseThrow(() -> ApiException.invalid("url", "'%s' (%s)".formatted(ticket.url(), WebAddress.RULE)));
        return switch (tickets.add(issue, address, IssueChanges.author(actor))) {
            case Kept.There(IssueTicket kept) -> TicketResponse.of(kept);
            case Kept.NoIssue() -> throw ApiException.notFound("issue", issue);
            case Kept.TooMany() ->
                throw ApiException.invalid(
                        "url", "one more ticket (expected: at most %d)".formatted(IssueTicketStore.MOST));
        };
    }

    /** Removes a ticket from the issue; it stays where it is. */
    @Allowed(Scope.EVENT_WRITE)
    @DeleteMapping("/api/v1/issues/{id}/tickets/{ticket}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, @PathVariable long ticket, Actor actor) {
        long issue = selection.one(actor, id).id();
        if (!tickets.remove(issue, ticket, IssueChanges.author(actor))) {
            throw ApiException.notFound("ticket", ticket);
        }
    }
}
