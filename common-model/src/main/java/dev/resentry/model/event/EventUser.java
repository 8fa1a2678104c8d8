package dev.resentry.model.event;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A read-only view of the user whom an event happened to.
 *
 * @param json the user as it came, missing if there is none
 */
public record EventUser(JsonNode json) {
    /** What SDKs send where the address is to be taken from the connection. */
    private static final String AUTO = "{{auto}}";

    /** What a user is told apart by, the first that is there (processing, section 6.5). */
    public enum Identifier {
        ID("id"),
        USERNAME("username"),
        EMAIL("email"),
        IP_ADDRESS("ip_address");

        private final String field;

        Identifier(String field) {
            this.field = field;
        }

        /** Its name in an event. */
        public String field() {
            return field;
        }
    }

    /** Who the user is: the first identifier that has a value. Empty if there is none. */
    public Optional<Identity> identity() {
        for (Identifier identifier : Identifier.values()) {
            String value = EventFields.scalar(json, identifier.field()).strip();
            if (!value.isEmpty() && !value.equals(AUTO)) {
                return Optional.of(new Identity(identifier, value));
            }
        }
        return Optional.empty();
    }

    /** An identifier with its value. */
    public record Identity(Identifier identifier, String value) {}
}
