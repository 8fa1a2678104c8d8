package dev.resentry.standalone;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One dead letter by its id, or all open ones of a cause. */
final class DeadLetterSelection {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "One dead letter.")
    private @Nullable Long id;

    @Option(names = "--reason", description = "All that failed for a reason, such as invalid_json.")
    private @Nullable String reason;

    @Option(names = "--stage", description = "And at a stage: decode, split, item, project or store.")
    private @Nullable String stage;

    @Option(names = "--project", description = "And in a project (default: in all).")
    private @Nullable Long project;

    /** Where the letters are decided on, for instance {@code retry}. */
    String path(String decision) {
        return "/api/v1/dead-letters/" + (id == null ? "" : id + "/") + decision;
    }

    /** The body of a request for the letters; of one letter, whose id stands in the path, nothing. */
    Map<String, Object> body() {
        if ((id == null) == (reason == null || stage == null)) {
            throw new UserFacingException("Name one dead letter by its ID, or a cause by --reason and --stage");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (id == null && reason != null && stage != null) {
            body.put("reason", reason);
            body.put("stage", stage);
            if (project != null) {
                body.put("project", project);
            }
        }
        return body;
    }
}
