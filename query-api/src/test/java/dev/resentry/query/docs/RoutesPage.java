package dev.resentry.query.docs;

import dev.resentry.model.envelope.IngestRoutes;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code docs/routes.md}: the operations of the document by tag, and the paths that are none. */
final class RoutesPage {
    private static final List<String> OF_EVERY_SERVICE =
            List.of("/health", "/health/live", "/health/ready", "/metrics");
    private static final List<String> OF_THE_DOCUMENTATION =
            List.of("/", "/docs", "/redoc", "/openapi.json", "/openapi.yaml");

    private RoutesPage() {}

    static String of(ApiDocument document) {
        var page = new StringBuilder("""
                # Routes

                Generated from the code (`docs/generate`); parameters and bodies are in [openapi.yaml](openapi.yaml). Every path is answered
                with and without a slash at its end.

                ## API

                """);
        document.operations().values().stream()
                .collect(Collectors.groupingBy(RoutesPage::tag, TreeMap::new, Collectors.toList()))
                .forEach((tag, operations) -> {
                    page.append("### ")
                            .append(tag)
                            .append(
                                    "\n\n| method | path | operation | needs scope | what it does |\n|---|---|---|---|---|\n");
                    operations.stream()
                            .sorted(Comparator.comparing(ApiOperation::path).thenComparing(ApiOperation::method))
                            .forEach(operation -> page.append("| %s | `%s` | `%s` | %s | %s |\n"
                                    .formatted(
                                            operation.method(),
                                            operation.path(),
                                            operation.id(),
                                            operation.isOpen()
                                                    ? "open"
                                                    : operation
                                                            .node()
                                                            .path("x-required-scope")
                                                            .asString(""),
                                            operation
                                                    .node()
                                                    .path("summary")
                                                    .asString("")
                                                    .replace("|", "\\|"))));
                    page.append('\n');
                });
        page.append("## What SDKs send to\n\nThe gateway's; the key of a project is the right to send.\n\n");
        IngestRoutes.patterns().forEach(path -> page.append("- `").append(path).append("`\n"));
        page.append("\n## Open to all\n\nOf every service:\n\n");
        OF_EVERY_SERVICE.forEach(path -> page.append("- `GET ").append(path).append("`\n"));
        page.append("\nOf the API:\n\n");
        OF_THE_DOCUMENTATION.forEach(path -> page.append("- `GET ").append(path).append("`\n"));
        return page.toString();
    }

    static String tag(ApiOperation operation) {
        return operation.node().path("tags").path(0).asString("Other");
    }
}
