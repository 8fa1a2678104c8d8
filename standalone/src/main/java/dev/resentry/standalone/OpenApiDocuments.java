package dev.resentry.standalone;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What can be said of OpenAPI documents: whether one is valid, and how two differ. */
final class OpenApiDocuments {
    /** The schema of documents and of the schemas in them; it comes with a library, as does all that it refers to. */
    private static final String META_SCHEMA = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";

    private static final String BUILT_IN = "/dev/resentry/query/openapi.yaml";

    private OpenApiDocuments() {}

    /** The document of this build. */
    static JsonNode builtIn() throws IOException {
        try (InputStream in = OpenApiDocuments.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IOException("This build has no OpenAPI document (expected: resource " + BUILT_IN + ")");
            }
            return YAMLMapper.shared().readTree(in);
        }
    }

    /** What is wrong with a document, each with its place in it; empty if it is valid. */
    static List<String> faults(JsonNode document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(
                        ids -> ids.mapPrefix("https://spec.openapis.org/oas/", "classpath:spec.openapis.org/oas/")));
        Schema schema = registry.getSchema(SchemaLocation.of(META_SCHEMA));
        return schema.validate(document.toString(), InputFormat.JSON).stream()
                .map(error -> "%s: %s".formatted(error.getInstanceLocation(), error.getMessage()))
                .distinct()
                .toList();
    }

    /** What of one document another lacks, has besides or has otherwise: operations first, then schemas. */
    static List<String> differences(JsonNode wanted, JsonNode found) {
        List<String> differences = new ArrayList<>();
        compare(operations(wanted), operations(found), differences);
        compare(schemas(wanted), schemas(found), differences);
        return differences;
    }

    private static void compare(Map<String, JsonNode> wanted, Map<String, JsonNode> found, List<String> differences) {
        var names = new TreeSet<>(wanted.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            if (!found.containsKey(name)) {
                differences.add(name + " is missing");
            } else if (!wanted.containsKey(name)) {
                differences.add(name + " is not built in");
            } else if (!wanted.get(name).equals(found.get(name))) {
                differences.add(name + " differs");
            }
        }
    }

    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) ->
                        operations.put("%s %s".formatted(method.toUpperCase(Locale.ROOT), path), operation)));
        return operations;
    }

    private static Map<String, JsonNode> schemas(JsonNode document) {
        Map<String, JsonNode> schemas = new TreeMap<>();
        document.at("/components/schemas").forEachEntry((name, schema) -> schemas.put("Schema " + name, schema));
        return schemas;
    }
}
