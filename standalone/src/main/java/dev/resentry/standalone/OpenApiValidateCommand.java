package dev.resentry.standalone;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Says whether the document of a running server is OpenAPI 3.1, and whether it is the one that this build has. */
@Command(
        name = "openapi-validate",
        description = "Check the OpenAPI document of a running server, and compare it with the one built in.")
final class OpenApiValidateCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 50;

    @Option(
            names = "--url",
            description = "The server, such as http://127.0.0.1:9000 (default: the one that runs on DIR).")
    private @Nullable String url;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        String server = (url == null ? Instance.running(data.directory()).url() : url).replaceFirst("/+$", "");
        JsonNode document = fetch(server + "/openapi.json");
        System.out.printf(
                "ok    Document    %s/openapi.json, OpenAPI %s, %d paths%n",
                server,
                document.path("openapi").asString("of no version"),
                document.path("paths").size());
        boolean valid = report("Schema", "is valid OpenAPI 3.1", OpenApiDocuments.faults(document));
        boolean same = report(
                "Built in",
                "is the document of this build",
                OpenApiDocuments.differences(OpenApiDocuments.builtIn(), document));
        return valid && same ? 0 : 1;
    }

    private static JsonNode fetch(String address) {
        try (var api = new ApiClient()) {
            ApiClient.Answer answer = api.get(address);
            if (answer.status() != 200 || !answer.json().isObject()) {
                throw new UserFacingException(
                        "%s answers %d (expected: 200 with a JSON object)".formatted(address, answer.status()));
            }
            return answer.json();
        }
    }

    private static boolean report(String what, String good, List<String> faults) {
        if (faults.isEmpty()) {
            System.out.printf("ok    %-11s %s%n", what, good);
            return true;
        }
        faults.stream().limit(MOST_SHOWN).forEach(fault -> System.out.printf("FAIL  %-11s %s%n", what, fault));
        if (faults.size() > MOST_SHOWN) {
            System.out.printf("FAIL  %-11s and %d more%n", what, faults.size() - MOST_SHOWN);
        }
        return false;
    }
}
