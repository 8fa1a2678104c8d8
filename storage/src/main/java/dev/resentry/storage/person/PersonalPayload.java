package dev.resentry.storage.person;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.json.UntrustedJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Finds whom a payload is about: the user of an event or a log, who gave feedback, whose session it is. */
final class PersonalPayload {
    /** The types of items whose payload is a JSON object that names a person, or one of logs that do. */
    static final Set<String> TYPES = Set.of("event", "transaction", "feedback", "user_report", "session", "log");

    /** The attributes of logs that name a person. */
    static final List<String> ATTRIBUTES = List.of(
            "user.id",
            "user.email",
            "user.name",
            "user.username",
            "user.ip",
            "user.ip_address",
            "client.address",
            "enduser.id");

    private static final List<JsonPointer> IDENTIFIERS = List.of(
            JsonPointer.compile("/user/id"),
            JsonPointer.compile("/user/email"),
            JsonPointer.compile("/user/username"),
            JsonPointer.compile("/user/ip_address"),
            JsonPointer.compile("/contexts/feedback/contact_email"),
            JsonPointer.compile("/contexts/feedback/name"),
            JsonPointer.compile("/email"),
            JsonPointer.compile("/name"),
            JsonPointer.compile("/did"),
            JsonPointer.compile("/attrs/ip_address"));

    /** As much as a processor decodes. */
    private static final BoundedDecoder DECODER = new BoundedDecoder(100 * 1024 * 1024);

    private PersonalPayload() {}

    /** Where an item's payload lies in the decoded body of its envelope. */
    record Place(int offset, int length) {}

    /** The identifiers in a document; none if it is no JSON. */
    static Set<String> identifiers(String json) {
        try {
            return identifiers(UntrustedJson.STORED.tree(json));
        } catch (JacksonException _) {
            return Set.of();
        }
    }

    /**
     * The identifiers in items of an envelope. Of what came by other routes than that of envelopes, payloads are no parts of the body;
     * what was made of them is in rows.
     */
    static Set<String> identifiers(@Nullable String encoding, Endpoint endpoint, byte[] body, List<Place> items) {
        Set<String> found = new HashSet<>();
        if (endpoint == Endpoint.ENVELOPE
                && !items.isEmpty()
                && ContentEncoding.parse(encoding)
                                .map(known -> DECODER.decode(known, body))
                                .orElse(null)
                        instanceof Decoded.Content(byte[] content)) {
            for (Place item : items) {
                if ((long) item.offset() + item.length() <= content.length) {
                    found.addAll(identifiers(content, item));
                }
            }
        }
        return found;
    }

    private static Set<String> identifiers(byte[] content, Place item) {
        try {
            return identifiers(UntrustedJson.WITH_NON_NUMBERS.tree(content, item.offset(), item.length()));
        } catch (JacksonException _) {
            // Its sender meant something else; nothing says whom it is about.
            return Set.of();
        }
    }

    private static Set<String> identifiers(JsonNode root) {
        Set<String> found = new HashSet<>();
        for (String attribute : ATTRIBUTES) {
            add(root.path(attribute), found);
        }
        for (JsonPointer pointer : IDENTIFIERS) {
            add(root.at(pointer), found);
        }
        for (JsonNode log : root.path("items")) {
            for (String attribute : ATTRIBUTES) {
                JsonNode given = log.path("attributes").path(attribute);
                add(given.isObject() ? given.path("value") : given, found);
            }
        }
        return found;
    }

    private static void add(JsonNode value, Set<String> found) {
        if (value.isValueNode() && !value.isNull() && !value.asString().isBlank()) {
            found.add(value.asString());
        }
    }
}
