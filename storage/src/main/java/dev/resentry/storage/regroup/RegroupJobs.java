package dev.resentry.storage.regroup;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.Job;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The jobs of regroups. */
public final class RegroupJobs {
    public static final String PREVIEW = "regroup-preview";
    public static final String APPLY = "regroup";
    public static final String UNDO = "regroup-undo";

    /** Kinds of jobs that are done as a whole, once they have begun: half of their work is no state that anybody wants. */
    public static final Set<String> WHOLE = Set.of(APPLY, UNDO);

    private RegroupJobs() {}

    /**
     * What a job is asked for.
     *
     * @param by who did
     */
    public record Request(long projectId, long regroupId, Author by) {

        public static Request of(Job job) {
            JsonNode parameters = UntrustedJson.STORED.tree(job.parametersJson());
            return new Request(
                    parameters.path("project_id").longValue(),
                    parameters.path("regroup_id").longValue(),
                    new Author(
                            parameters.path("user_id").longValue(),
                            parameters.path("user_name").asString(),
                            job.createdBy()));
        }

        String json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("project_id", projectId)
                    .put("regroup_id", regroupId)
                    .put("user_id", by.userId())
                    .put("user_name", by.name())
                    .toString();
        }
    }
}
