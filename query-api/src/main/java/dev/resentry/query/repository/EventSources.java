package dev.resentry.query.repository;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import dev.resentry.model.repository.Revision;
import dev.resentry.query.repository.SourceFrames.SourceFrame;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseSourceQueries;
import dev.resentry.storage.release.SuspectCommit;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.repository.StoredRepository;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Finds the code behind events: the lines of their frames, and the commits that changed their files. */
public final class EventSources {
    private static final int SUSPECTS = 3;

    /** What lies further from the crash tells little. */
    private static final int SUSPECT_FILES = 20;

    private final RepositoryStore repositories;
    private final ReleaseSourceQueries sources;

    EventSources(RepositoryStore repositories, ReleaseSourceQueries sources) {
        this.repositories = repositories;
        this.sources = sources;
    }

    /**
     * The code behind an event.
     *
     * @param links of frames of the project's own code; none if the project has no repository
     * @param suspectCommits commits of the event's release that changed files of such frames, at most 3: the nearest to the crash first,
     *     then the newest
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record EventCode(List<FrameLink> links, List<SuspectCommitResponse> suspectCommits) {}

    /**
     * Where the line of a frame is.
     *
     * @param exception the place of its exception in the event's list; null for a frame of the stack of a thread or of the event itself
     * @param frame its place in the list of frames
     * @param path from the root of the repository on
     */
    public record FrameLink(@Nullable Integer exception, int frame, String path, int line, String url) {}

    /**
     * A commit that may have brought the issue.
     *
     * @param url where it is shown; null without a repository, or if it is of another one
     * @param files those of its files that frames are of
     * @param exception the exception of the frame nearest to the crash among them, as of a link
     * @param frame that frame
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "SuspectCommit")
    public record SuspectCommitResponse(
            String id,
            @Nullable String message,
            @Nullable String authorName,
            @Nullable String authorEmail,
            @Nullable Instant committedAt,
            @Nullable String repository,
            @Nullable String url,
            List<String> files,
            @Nullable Integer exception,
            int frame) {}

    /** How paths of a project's frames are to be read as paths of its repository. */
    public PathMappings mappings(long project) {
        return repositories.find(project).map(StoredRepository::mappings).orElse(PathMappings.NONE);
    }

    public EventCode of(StoredEvent event) {
        Optional<StoredRepository> stored = repositories.find(event.projectId());
        List<SourceFrame> frames = SourceFrames.of(
                new Event(UntrustedJson.STORED.tree(event.payloadJson())),
                stored.map(StoredRepository::mappings).orElse(PathMappings.NONE));
        Optional<Repository> repository = stored.map(StoredRepository::repository);
        return new EventCode(
                repository.map(known -> links(known, event, frames)).orElse(List.of()),
                suspects(repository, event, frames));
    }

    private List<FrameLink> links(Repository repository, StoredEvent event, List<SourceFrame> frames) {
        Revision revision = new SourceRevisions(sources).of(event.projectId(), repository, event.release());
        return frames.stream()
                .filter(frame -> frame.line() > 0)
                .map(frame -> new FrameLink(
                        frame.exception(),
                        frame.index(),
                        frame.path(),
                        frame.line(),
                        repository.sourceLink(revision, frame.path(), frame.line())))
                .toList();
    }

    private List<SuspectCommitResponse> suspects(
            Optional<Repository> repository, StoredEvent event, List<SourceFrame> frames) {
        if (event.release() == null) {
            return List.of();
        }
        Map<String, SourceFrame> nearest = new LinkedHashMap<>();
        frames.forEach(frame -> nearest.putIfAbsent(frame.path(), frame));
        List<SourceFrame> wanted =
                nearest.values().stream().limit(SUSPECT_FILES).toList();
        List<String> paths = wanted.stream().map(SourceFrame::path).toList();
        return sources.suspects(event.projectId(), event.release(), paths, SUSPECTS).stream()
                .map(suspect -> answer(suspect, wanted.get(suspect.rank()), repository))
                .toList();
    }

    private static SuspectCommitResponse answer(
            SuspectCommit suspect, SourceFrame frame, Optional<Repository> repository) {
        ReleaseCommit commit = suspect.commit();
        return new SuspectCommitResponse(
                commit.id(),
                commit.message(),
                commit.authorName(),
                commit.authorEmail(),
                commit.committedAt(),
                commit.repository(),
                repository
                        .filter(known -> Revision.isName(commit.id()) && SourceRevisions.isOf(known, commit))
                        .map(known -> known.commitLink(commit.id()))
                        .orElse(null),
                suspect.files(),
                frame.exception(),
                frame.index());
    }
}
