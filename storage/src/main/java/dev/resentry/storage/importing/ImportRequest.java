package dev.resentry.storage.importing;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.job.Job;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be imported, as the parameters of a job of kind {@value #KIND} have it; never the token.
 *
 * @param url of the other server, without a slash at its end
 * @param organization its slug there
 * @param projects slugs; empty for all
 * @param eventsPerIssue how many events of each issue, the newest first
 * @param userId who asked for it: comments are written in that name
 * @param dryRun whether nothing is to be changed
 */
public record ImportRequest(
        String url, String organization, List<String> projects, int eventsPerIssue, long userId, boolean dryRun) {
    public static final String KIND = "import";

    public ImportRequest {
        projects = List.copyOf(projects);
    }

    /** The parameters of a job. */
    public static ImportRequest of(Job job) {
        JsonNode json = UntrustedJson.STORED.tree(job.parametersJson());
        List<String> projects = new ArrayList<>();
        json.path("project_slugs").forEach(slug -> projects.add(slug.asString()));
        return new ImportRequest(
                json.path("url").asString(),
                json.path("organization").asString(),
                projects,
                json.path("events_per_issue").intValue(),
                json.path("user_id").longValue(),
                json.path("dry_run").booleanValue());
    }

    /** Names what was brought over. */
    public String source() {
        return url + "/" + organization;
    }

    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("url", url)
                .put("organization", organization)
                .put("events_per_issue", eventsPerIssue)
                .put("user_id", userId)
                .put("dry_run", dryRun);
        projects.forEach(json.putArray("project_slugs")::add);
        return json.toString();
    }
}
