package dev.resentry.query.live;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What happens, as server-sent events. */
@NativeApi
@Tag(name = "Live")
class LiveController {
    private final LiveFeed feed;
    private final ProjectSelection projects;

    LiveController(LiveFeed feed, ProjectSelection projects) {
        this.feed = feed;
        this.projects = projects;
    }

    /**
     * Tells what happens from now on: {@code issue.new}, {@code issue.changed}, {@code event.stored} (once a second for each project at
     * most), {@code dead_letter}, {@code job}; {@code pipeline} every few seconds, with what {@code GET /api/v1/pipeline} answers, for those
     * who may ask for that; {@code ready} when the stream begins, {@code resync} when something may be missing. The stream ends after 15
     * minutes.
     *
     * @param project slugs or ids; none means all
     * @param lastEventId the id of the last message that the listener has, as browsers send it in the header {@code Last-Event-ID}
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(value = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void listen(
            @RequestParam @Nullable List<String> project,
            @RequestParam(name = "last_event_id") @Nullable String lastEventId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventIdHeader,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        VisibleProjects wanted = projects.of(actor, project);
        if (feed.listeners() >= LiveFeed.MAX_LISTENERS) {
            throw ApiException.unavailable(
                    "Too many listen already (expected: at most %d)".formatted(LiveFeed.MAX_LISTENERS));
        }
        LiveListener listener = LiveListener.open(request, response, actor, projects.of(actor), wanted, feed::remove);
        if (!feed.add(listener, lastEventIdHeader == null ? lastEventId : lastEventIdHeader)) {
            listener.close();
            return;
        }
        listener.begin();
    }
}
