package dev.resentry.query.explore;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExploreSort;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Events of the copy in ClickHouse (features, M11). */
@NativeApi
@Tag(name = "Explore")
class CopiedEventController {
    private static final int USUAL = 100;
    private static final List<String> FIELDS = List.of(
            "id",
            "project",
            "issue.id",
            "timestamp",
            "received",
            "level",
            "title",
            "culprit",
            "message",
            "platform",
            "release",
            "environment",
            "transaction",
            "error.type");

    private final ExploreAnswers answers;
    private final ExploreQuestions questions;
    private final Duration within;

    CopiedEventController(ExploreAnswers answers, ExploreQuestions questions, Duration within) {
        this.answers = answers;
        this.questions = questions;
        this.within = within;
    }

    /**
     * An event as the copy has it.
     *
     * @param timestamp its own time
     * @param receivedAt when it arrived
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "CopiedEvent")
    record CopiedEvent(
            String eventId,
            @Nullable String project,
            @Nullable Long issueId,
            Instant timestamp,
            Instant receivedAt,
            String level,
            String title,
            @Nullable String culprit,
            @Nullable String message,
            @Nullable String platform,
            @Nullable String release,
            @Nullable String environment,
            @Nullable String transaction,
            @Nullable String errorType) {

        static CopiedEvent of(Map<String, @Nullable Object> row) {
            return new CopiedEvent(
                    String.valueOf(row.get("id")),
                    text(row, "project"),
                    (Long) row.get("issue.id"),
                    time(row, "timestamp"),
                    time(row, "received"),
                    String.valueOf(row.get("level")),
                    String.valueOf(row.get("title")),
                    text(row, "culprit"),
                    text(row, "message"),
                    text(row, "platform"),
                    text(row, "release"),
                    text(row, "environment"),
                    text(row, "transaction"),
                    text(row, "error.type"));
        }

        private static @Nullable String text(Map<String, @Nullable Object> row, String name) {
            return (String) row.get(name);
        }

        private static Instant time(Map<String, @Nullable Object> row, String name) {
            return row.get(name) instanceof Instant at ? at : Instant.EPOCH;
        }
    }

    /**
     * Lists events from the copy in ClickHouse, those that arrived last first; 400 if none is set up.
     *
     * @param project slugs or ids
     * @param limit 100 if not given
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "listCopiedEvents")
    @GetMapping("/api/events/clickhouse")
    PageResponse<CopiedEvent> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        List<ExploreField> fields = questions.fields("field", FIELDS, ExploreDataset.EVENTS);
        ExploreFilter filter = questions.filter(
                ExploreDataset.EVENTS, new ExploreQuestions.Asked(project, null, null, Instant.EPOCH, null), actor);
        ExplorePage page = answers.list(
                Backends.COPY,
                filter,
                fields,
                ExploreSort.NEWEST,
                ExploreCursor.read(cursor),
                Cursor.limit(limit == null ? USUAL : limit),
                within);
        return new PageResponse<>(
                page.rows().stream().map(CopiedEvent::of).toList(),
                page.next() == null ? null : ExploreCursor.write(page.next()));
    }
}
