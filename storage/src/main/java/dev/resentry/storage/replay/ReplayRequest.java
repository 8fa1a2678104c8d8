package dev.resentry.storage.replay;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be replayed, as the parameters of a job of kind {@value #KIND} have it.
 *
 * @param from envelopes that arrived then or later
 * @param to envelopes that arrived before
 * @param projects only those of these projects; empty for all
 * @param types only envelopes with an item of one of these types; empty for all
 * @param dryRun whether nothing is to be changed
 * @param retell whether topic {@code events} is told of all that is stored, and not only of what changed
 */
public record ReplayRequest(
        Instant from, Instant to, List<Long> projects, List<String> types, boolean dryRun, boolean retell) {
    public static final String KIND = "replay";

    public ReplayRequest {
        projects = List.copyOf(projects);
        types = List.copyOf(types);
    }

    /** One that tells of what changed. */
    public ReplayRequest(Instant from, Instant to, List<Long> projects, List<String> types, boolean dryRun) {
        this(from, to, projects, types, dryRun, false);
    }

    /** The parameters of a job. */
    public static ReplayRequest of(Job job) {
        JsonNode json = UntrustedJson.STORED.tree(job.parametersJson());
        List<Long> projects = new ArrayList<>();
        json.path("projects").forEach(project -> projects.add(project.longValue()));
        List<String> types = new ArrayList<>();
        json.path("types").forEach(type -> types.add(type.asString()));
        return new ReplayRequest(
                Instant.parse(json.path("from").asString()),
                Instant.parse(json.path("to").asString()),
                projects,
                types,
                json.path("dry_run").booleanValue(),
                json.path("retell").booleanValue());
    }

    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("from", from.toString())
                .put("to", to.toString())
                .put("dry_run", dryRun)
                .put("retell", retell);
        projects.forEach(json.putArray("projects")::add);
        types.forEach(json.putArray("types")::add);
        return json.toString();
    }
}
