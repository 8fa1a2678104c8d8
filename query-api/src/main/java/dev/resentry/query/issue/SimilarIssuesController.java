package dev.resentry.query.issue;

import dev.resentry.processing.group.Likeness;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.SimilarIssues.Found;
import dev.resentry.query.issue.SimilarIssues.Similar;
import dev.resentry.storage.issue.IssueFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Issues that may be about the same problem as another one. */
@NativeApi
@Tag(name = "Issues")
class SimilarIssuesController {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 50;

    private final IssueSelection selection;
    private final SimilarIssues similar;
    private final IssueAnswers answers;

    SimilarIssuesController(IssueSelection selection, SimilarIssues similar, IssueAnswers answers) {
        this.selection = selection;
        this.similar = similar;
        this.answers = answers;
    }

    /**
     * Issues like another one.
     *
     * @param comparable false if no event of the issue is kept that others could be held against
     * @param compared how many issues were held against it, 200 at most
     */
    @Schema(name = "SimilarIssues")
    record SimilarIssuesResponse(boolean comparable, int compared, List<SimilarIssueResponse> results) {}

    /**
     * An issue that is like another one. Each figure is from 0 to 1; null for what neither has.
     *
     * @param score all of it together, 0.5 or more
     * @param type 1 for the same type of exception
     * @param frames how many frames of the program are of both, those nearest to the crash counting most
     * @param message how many words of the message are of both
     */
    @Schema(name = "SimilarIssue")
    record SimilarIssueResponse(
            IssueResponse issue,
            double score,
            @Nullable Double type,
            @Nullable Double frames,
            @Nullable Double message) {}

    /**
     * Lists the issues of the same project that are most like an issue, by the latest event of each. Looked at are those with its type of
     * exception or its culprit, or, where nothing was thrown, with its first word; of each the 100 seen last.
     *
     * @param limit 1 to 50; 10 if it is absent
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/similar")
    @Operation(operationId = "listSimilarIssues")
    SimilarIssuesResponse similar(@PathVariable long id, @RequestParam @Nullable Integer limit, Actor actor) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw ApiException.invalid("limit", "%d (expected: 1 to %d)".formatted(most, MAX_LIMIT));
        }
        Found found = similar.of(selection.one(actor, id), most);
        List<IssueResponse> issues =
                answers.of(found.similar().stream().map(Similar::issue).toList(), IssueFilter.ALL);
        List<SimilarIssueResponse> results = new ArrayList<>();
        for (int i = 0; i < issues.size(); i++) {
            Likeness likeness = found.similar().get(i).likeness();
            results.add(new SimilarIssueResponse(
                    issues.get(i), likeness.score(), likeness.type(), likeness.frames(), likeness.message()));
        }
        return new SimilarIssuesResponse(found.comparable(), found.compared(), results);
    }
}
