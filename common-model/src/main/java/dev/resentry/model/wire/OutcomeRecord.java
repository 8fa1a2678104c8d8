package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract of the topic of outcomes: how much of a project did not go on to topic {@code envelopes} about a moment, and
 * why. The key is the project's id in decimal digits, the value JSON. Fields may be added; readers ignore unknown ones.
 *
 * <p>A record may stand on the topic more than once, word for word: source and sequence together name it, and it counts once.
 *
 * @param timestamp when, to the second
 * @param publicKey with which key it was sent, if that is known
 * @param category what was sent; one that this version does not know is {@link DataCategory#UNKNOWN}
 * @param outcome what became of it, and why
 * @param quantity how much, in the unit of the category; at least 1
 * @param source the run of the gateway that counted
 * @param sequence grows with each record of the source
 */
public record OutcomeRecord(
        Instant timestamp,
        ProjectId project,
        @Nullable PublicKey publicKey,
        DataCategory category,
        Outcome.Rejected outcome,
        long quantity,
        UUID source,
        long sequence) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public OutcomeRecord {
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity: %d (expected: >= 1)".formatted(quantity));
        }
    }

    public byte[] key() {
        return project.toString().getBytes(UTF_8);
    }

    public byte[] value() {
        var node = JSON.createObjectNode();
        node.put("version", 1);
        node.put("timestamp", timestamp.toString());
        node.put("project_id", project.value());
        node.put("public_key", publicKey == null ? null : publicKey.value());
        node.put("category", category.wireName());
        node.put("outcome", outcome.wireName());
        node.put("reason", outcome.reasonName());
        node.put("quantity", quantity);
        node.put("source", source.toString());
        node.put("sequence", sequence);
        return JSON.writeValueAsBytes(node);
    }

    /**
     * Reads a value back.
     *
     * @throws IllegalArgumentException if the value is not one that {@link #value} could have written; the message says why
     */
    public static OutcomeRecord read(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            if (node.required("version").asInt() != 1) {
                throw new IllegalArgumentException(
                        "outcome record: version %s (expected: 1)".formatted(node.get("version")));
            }
            JsonNode publicKey = node.path("public_key");
            return new OutcomeRecord(
                    Instant.parse(node.required("timestamp").asString()),
                    new ProjectId(node.required("project_id").asLong()),
                    publicKey.isString() ? new PublicKey(publicKey.asString()) : null,
                    DataCategory.parse(node.required("category").asString()).orElse(DataCategory.UNKNOWN),
                    outcome(
                            node.required("outcome").asString(),
                            node.required("reason").asString()),
                    node.required("quantity").asLong(),
                    UUID.fromString(node.required("source").asString()),
                    node.required("sequence").asLong());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("outcome record: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("outcome record: " + e.getMessage(), e);
        }
    }

    private static Outcome.Rejected outcome(String wireName, String reason) {
        if (Outcome.of(wireName, reason, null) instanceof Outcome.Rejected rejected) {
            return rejected;
        }
        throw new IllegalArgumentException("outcome record: '%s' is no outcome of a gateway".formatted(wireName));
    }
}
