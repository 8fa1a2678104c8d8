package dev.resentry.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** YAML as the tree that JSON is read to. */
final class Yaml {
    private Yaml() {}

    static JsonNode read(Path file) throws IOException {
        return documents(Files.readString(file)).getFirst();
    }

    /** All documents of a text; those with nothing in them are left out. */
    static List<JsonNode> documents(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            if (document != null) {
                documents.add(Http.JSON.valueToTree(document));
            }
        }
        return documents;
    }
}
