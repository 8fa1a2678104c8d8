package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Slug;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract of the topic of wanted projects: a gateway was sent something for a project that it does not know, and asks
 * whoever owns projects to make it (features, E2). The key is the slug, the value JSON. Fields may be added; readers ignore
 * unknown ones. A project may be wanted many times; it is made once.
 *
 * @param slug what the project is to be called; see {@link #canBeMade}
 */
public record ProjectCreationRequest(String slug) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public ProjectCreationRequest {
        if (!canBeMade(slug)) {
            throw new IllegalArgumentException("slug: '%s' (%s; not what looks like a key)".formatted(slug, Slug.RULE));
        }
    }

    /** Whether a project can have this slug; a key that nobody has any more is not made a project. */
    public static boolean canBeMade(String slug) {
        return Slug.isValid(slug) && PublicKey.parse(slug).isEmpty();
    }

    public byte[] key() {
        return slug.getBytes(UTF_8);
    }

    public byte[] value() {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("version", 1).put("slug", slug));
    }

    /**
     * Reads a value back.
     *
     * @throws IllegalArgumentException if the value is not one that {@link #value} could have written; the message says why
     */
    public static ProjectCreationRequest read(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            if (node.required("version").asInt() != 1) {
                throw new IllegalArgumentException(
                        "wanted project: version %s (expected: 1)".formatted(node.get("version")));
            }
            return new ProjectCreationRequest(node.required("slug").asString());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("wanted project: " + e.getOriginalMessage(), e);
        }
    }
}
