package dev.resentry.query.log;

import dev.resentry.model.log.LogLevel;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.live.LiveListener;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.log.LogFilter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Logs as they come in, as server-sent events. */
@NativeApi
@Tag(name = "Logs")
class LogTailController {
    private final LogTail tail;
    private final ProjectSelection projects;
    private final Searches searches;

    LogTailController(LogTail tail, ProjectSelection projects, Searches searches) {
        this.tail = tail;
        this.projects = projects;
        this.searches = searches;
    }

    /**
     * Tells of each log that is stored from now on and arrived within the last hour: {@code ready} when the stream begins; {@code logs} with
     * {@code logs} (as of lists, the oldest first, at most 200) and {@code left_out}, how many more were wanted in that second;
     * {@code skipped} if a look took too long. The stream ends after 15 minutes.
     *
     * @param project slugs or ids
     * @param environment an empty one is that of logs without any
     * @param trace 32 hex digits
     * @param query as of the list
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(value = "/api/v1/logs/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void listen(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable @WordOf(LogLevel.class) List<String> level,
            @RequestParam @Nullable String trace,
            @RequestParam @Nullable String query,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        LogFilter filter = new LogFilterRequest(project, environment, level, trace, query, null, null)
                .of(actor, projects, searches);
        if (tail.listeners() >= LogTail.MAX_LISTENERS) {
            throw ApiException.unavailable(
                    "Too many watch logs already (expected: at most %d)".formatted(LogTail.MAX_LISTENERS));
        }
        LiveListener stream =
                LiveListener.open(request, response, actor, projects.of(actor), filter.projects(), tail::remove);
        tail.add(stream, filter);
        stream.begin();
    }
}
