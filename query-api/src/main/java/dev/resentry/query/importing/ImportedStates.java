package dev.resentry.query.importing;

import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.importing.ImportedIssues;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueChange;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Puts status, assignee and comments of an issue of another server on the issue to which its events went, each once and told to nobody. */
final class ImportedStates {
    private static final int MAX_TEXT = 10_000;

    /** Of comments of an issue. */
    private static final int MAX_PAGES = 20;

    private final ImportedIssues imported;
    private final IssueStore issues;
    private final IssueActivityStore activity;
    private final UserStore users;
    private final TransactionTemplate transaction;

    ImportedStates(
            ImportedIssues imported,
            IssueStore issues,
            IssueActivityStore activity,
            UserStore users,
            TransactionTemplate transaction) {
        this.imported = imported;
        this.issues = issues;
        this.activity = activity;
        this.users = users;
        this.transaction = transaction;
    }

    /** @param event one of its events as it is stored here; null if it is not, and only told what would be done */
    ImportSums bring(ImportRequest request, OtherServer server, JsonNode issue, @Nullable StoredEvent event) {
        String foreignId = issue.path("id").asString("");
        StatusWish status = switch (issue.path("status").asString("")) {
            case "resolved" -> new StatusWish.Resolve(new StatusWish.From.Everywhere());
            case "ignored" -> new StatusWish.Ignore(null, null, null, false);
            default -> null;
        };
        String address = issue.at("/assignedTo/email").asString("");
        Optional<User> assignee = address.isEmpty()
                ? Optional.empty()
                : users.findByEmail(address).filter(User::active);
        List<JsonNode> comments = comments(request, server, foreignId);
        int unknown = address.isEmpty() || assignee.isPresent() ? 0 : 1;
        if (request.dryRun() || event == null) {
            return ImportSums.ofIssue(status == null ? 0 : 1, assignee.isPresent() ? 1 : 0, unknown, comments.size());
        }
        User asker = users.find(request.userId())
                .orElseThrow(() -> new OtherServer.RefusedException("who asked for the import is gone"));
        var author = new Author(asker.id(), asker.name(), asker.email());
        boolean isNew = Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean added = imported.add(request.source(), foreignId, event.projectId());
            if (added && (status != null || assignee.isPresent())) {
                issues.change(
                        List.of(event.issueId()),
                        new IssueChange(
                                status,
                                assignee.<Assignment>map(user -> new Assignment.To(user.id()))
                                        .orElse(null),
                                null),
                        Cause.IMPORT,
                        author);
            }
            return added;
        }));
        for (JsonNode comment : comments.reversed()) {
            transaction.executeWithoutResult(_ -> {
                if (imported.addComment(
                        request.source(), foreignId, comment.path("id").asString(""))) {
                    activity.comment(event.issueId(), text(comment), Cause.IMPORT, author);
                }
            });
        }
        return ImportSums.ofIssue(
                isNew && status != null ? 1 : 0, isNew && assignee.isPresent() ? 1 : 0, unknown, comments.size());
    }

    /** Those that were not brought over yet, the newest first. */
    private List<JsonNode> comments(ImportRequest request, OtherServer server, String foreignId) {
        Set<String> known = imported.comments(request.source(), foreignId);
        List<JsonNode> comments = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            OtherServer.Page page;
            try {
                page = server.comments(foreignId, cursor);
            } catch (OtherServer.GoneException _) {
                return comments;
            }
            for (JsonNode comment : page.entries()) {
                if (!known.contains(comment.path("id").asString(""))) {
                    comments.add(comment);
                }
            }
            cursor = page.next();
            pages++;
        } while (cursor != null && pages < MAX_PAGES);
        return comments;
    }

    /** With who wrote it and when, as it stands here in the name of who asked for the import. */
    private static String text(JsonNode comment) {
        String text = "%s, %s:\n%s"
                .formatted(
                        comment.at("/user/name").asString("?"),
                        comment.path("dateCreated").asString("?"),
                        comment.at("/data/text").asString(""));
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
