package dev.resentry.query.explore;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.explore.ExploreQuestions.Asked;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExplorePosition;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSort;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All rows or groups of a question as one file, written while they are read: a page of rows at a time, groups at once. */
@NativeApi
@Tag(name = "Explore")
class ExploreExportController {
    /** How many rows the file will have, if that is known when it begins. */
    private static final String TOTAL = "X-Total-Count";

    private static final int MOST_COUNTED = 100_000;
    private static final int ROWS_AT_ONCE = 500;
    private static final int BUFFER = 64 * 1024;

    private final ExploreQueries rows;
    private final ExploreQuestions questions;
    private final Duration within;

    ExploreExportController(ExploreQueries rows, ExploreQuestions questions, Duration within) {
        this.rows = rows;
        this.questions = questions;
        this.within = within;
    }

    /**
     * Gives all rows of a question, those that arrived last first, or all groups, at most 10,000; see the list.
     *
     * @param dataset events, transactions, spans or logs
     * @param format csv or json (one array)
     * @param field see the list
     * @param query in the search language
     * @param project slugs or ids
     * @param start from which arrival on; a day before the end if not given
     * @param end before which arrival
     * @param sort of groups: the text of a field, with a minus in front for the largest first
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "exploreExport")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "array"))
            })
    @GetMapping(
            value = "/api/v1/explore/{dataset}/export",
            produces = {"text/csv", MediaType.APPLICATION_JSON_VALUE})
    void export(
            @PathVariable String dataset,
            @RequestParam @Parameter(schema = @Schema(allowableValues = {"csv", "json"})) String format,
            @RequestParam List<String> field,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable String sort,
            HttpServletRequest request,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        ExploreFileFormat wanted = ExploreFileFormat.of(format);
        ExploreDataset of = ExploreDataset.of(dataset);
        List<ExploreField> fields = questions.fields("field", ExploreController.whole(request, "field"), of);
        boolean grouped = fields.stream().anyMatch(ExploreField.Aggregate.class::isInstance);
        ExploreSort order = grouped ? ExploreSort.parse(sort, fields, of) : ExploreSort.NEWEST;
        ExploreFilter filter = questions.filter(of, new Asked(project, environment, query, start, end), actor);
        int atOnce = grouped ? ExplorePosition.MOST_GROUPS : ROWS_AT_ONCE;
        // Before the answer begins, so that what goes wrong is told.
        ExplorePage first = rows.list(filter, fields, order, null, atOnce, within);
        if (grouped) {
            response.setHeader(TOTAL, Integer.toString(first.rows().size()));
        } else {
            rows.count(filter, MOST_COUNTED, within)
                    .ifPresent(total -> response.setHeader(TOTAL, Long.toString(total)));
        }
        response.setContentType(wanted.contentType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.%s\"".formatted(of.word(), wanted.word()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Closed only when it is whole: one that breaks off must not look complete.
        var out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        out.write(wanted.head(fields.stream().map(ExploreField::text).toList()));
        boolean begins = true;
        for (ExplorePage page = first; ; ) {
            for (Map<String, @Nullable Object> row : page.rows()) {
                out.write(wanted.row(row, begins));
                begins = false;
            }
            if (page.next() == null) {
                break;
            }
            page = rows.list(filter, fields, order, page.next(), atOnce, within);
        }
        out.write(wanted.foot());
        out.flush();
    }
}
