package dev.resentry.query.event;

import dev.resentry.model.event.Level;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * All events of a filter as one file, newest first, written while they are read: a page at a time, so that neither memory nor a
 * transaction grows with it.
 */
@NativeApi
@Tag(name = "Events")
class EventExportController {
    /** How many rows the file will have, if that is known when it begins. */
    private static final String TOTAL = "X-Total-Count";

    private static final int MOST_COUNTED = 100_000;
    private static final int ROWS_AT_ONCE = 500;
    private static final int BUFFER = 64 * 1024;

    private final EventQueries events;
    private final ProjectSelection projects;
    private final Searches searches;

    EventExportController(EventQueries events, ProjectSelection projects, Searches searches) {
        this.events = events;
        this.projects = projects;
        this.searches = searches;
    }

    /**
     * Gives all events of a filter; see the list of events.
     *
     * @param format csv, json (one array) or ndjson (one object a line)
     */
    @Allowed(Scope.EVENT_READ)
    @Operation(operationId = "exportEvents")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        array = @ArraySchema(schema = @Schema(implementation = EventSummaryResponse.class))),
                @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string"))
            })
    @GetMapping(
            value = "/api/v1/events/export",
            produces = {"text/csv", MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    void export(
            @RequestParam @Parameter(schema = @Schema(allowableValues = {"csv", "json", "ndjson"})) String format,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable @WordOf(Level.class) String level,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        EventFileFormat wanted = Arrays.stream(EventFileFormat.values())
                .filter(known -> known.wireName().equals(format))
                .findFirst()
                .orElseThrow(
                        () -> ApiException.invalid("format", "'%s' (expected: csv, json or ndjson)".formatted(format)));
        EventFilter filter =
                new EventFilterRequest(project, environment, level, query, start, end).of(actor, projects, searches);
        OptionalLong total = searches.counted(filter.search(), () -> events.count(filter, MOST_COUNTED));
        response.setContentType(wanted.contentType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.%s\"".formatted(wanted.wireName()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        total.ifPresent(rows -> response.setHeader(TOTAL, Long.toString(rows)));
        // Closed only when it is whole: one that breaks off must not look complete.
        var out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        write(wanted, filter, out);
        out.flush();
    }

    private void write(EventFileFormat format, EventFilter filter, BufferedOutputStream out) throws IOException {
        out.write(format.head());
        Position behind = Position.NEWEST;
        boolean first = true;
        Page<EventSummary> page;
        do {
            Position from = behind;
            page = searches.bounded(filter.search(), () -> events.list(filter, from, ROWS_AT_ONCE));
            for (EventSummary event : page.entries()) {
                out.write(format.row(event, first));
                first = false;
                behind = new Position(event.receivedAt(), event.id().value());
            }
        } while (page.hasMore());
        out.write(format.foot());
    }
}
