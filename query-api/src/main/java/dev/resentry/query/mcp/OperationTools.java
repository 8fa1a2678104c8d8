package dev.resentry.query.mcp;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.ledger.LedgerLookup;
import dev.resentry.query.mcp.Tool.Parameter;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.ReleaseHealth;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.query.replay.ReplayEstimates;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import java.util.List;

/** Tools about releases, and about what became of what was sent. */
final class OperationTools {
    private final ProjectSelection projects;
    private final ReleaseQueries releases;
    private final ReleaseHealth health;
    private final LedgerLookup ledger;
    private final ReplayEstimates replays;
    private final DataAnswers texts;

    OperationTools(
            ProjectSelection projects,
            ReleaseQueries releases,
            ReleaseHealth health,
            LedgerLookup ledger,
            ReplayEstimates replays,
            DataAnswers texts) {
        this.projects = projects;
        this.releases = releases;
        this.health = health;
        this.ledger = ledger;
        this.replays = replays;
        this.texts = texts;
    }

    List<Tool> all() {
        return List.of(
                new Tool(
                        "get_release_health",
                        "Get the health of a release",
                        "Tells how the sessions of one release went: crash-free sessions and users, adoption, events, and the series by time.",
                        Scope.PROJECT_READ,
                        true,
                        Tool.parameters(
                                "project",
                                Parameter.needed("string", "The slug or id of the project"),
                                "version",
                                Parameter.needed("string", "The version of the release, as events name it"),
                                "environment",
                                Parameter.texts("Names of environments; absent for all"),
                                "range",
                                Parameter.optional("string", "How far back, as 24h (which it is if absent) or 14d")),
                        this::releaseHealth),
                new Tool(
                        "find_event",
                        "Where is my event?",
                        "Says what became of an event or envelope that a program sent: stored, and in which issue; dropped or refused, and why; "
                                + "failed, and with which error; or not known, and then what was refused about that time.",
                        Scope.EVENT_READ,
                        true,
                        Tool.parameters(
                                "id",
                                Parameter.needed("string", "The id of the event or envelope, 32 hex digits or a UUID"),
                                "at",
                                Parameter.optional("string", "About when it was sent, as 2026-11-18T12:00:00Z")),
                        (actor, arguments) ->
                                texts.of(ledger.entry(actor, arguments.needed("id"), null, arguments.time("at")))),
                new Tool(
                        "replay_dry_run",
                        "Estimate a replay",
                        "Says how many stored envelopes a replay of a time would process again, and for how many seconds. Starts nothing.",
                        Scope.EVENT_ADMIN,
                        true,
                        Tool.parameters(
                                "from",
                                Parameter.needed("string", "From which arrival on, as 2026-11-18T12:00:00Z"),
                                "to",
                                Parameter.needed("string", "Before which arrival, likewise"),
                                "project",
                                Parameter.texts("Slugs or ids of projects; absent for all")),
                        this::dryRun));
    }

    private String releaseHealth(Actor actor, ToolArguments arguments) {
        Project project = projects.one(actor, arguments.needed("project"));
        String version = arguments.needed("version");
        StoredRelease release = releases.findVersion(project.id(), version)
                .orElseThrow(() -> ApiException.notFound("release", version));
        return texts.of(health.of(
                release,
                ReleaseSelection.environmentsOf(arguments.texts("environment")),
                arguments.text("range"),
                null));
    }

    private String dryRun(Actor actor, ToolArguments arguments) {
        List<String> named = arguments.texts("project");
        List<Long> ids = named == null
                ? null
                : named.stream().map(name -> projects.one(actor, name).id()).toList();
        return texts.of(replays.of(arguments.neededTime("from"), arguments.neededTime("to"), ids));
    }
}
