package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.scrub.place.Place;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A step of a path in a selector. */
sealed interface Step {

    /** {@code **}: any number of fields. */
    record AnyDepth() implements Step {}

    /** {@code *}: one field, or one entry of a list. */
    record AnyName() implements Step {}

    /** A field by its name, in any case. */
    record Name(String name) implements Step {}

    /** A part of an event, such as {@code $error}. */
    record OfPart(Place.Part part) implements Step {}

    /** A value by its type, such as {@code $string}. */
    record OfType(ValueType type) implements Step {}

    /** What a value is in JSON. */
    enum ValueType {
        STRING,
        NUMBER,
        BOOLEAN,
        ARRAY,
        OBJECT;

        static Optional<ValueType> of(String name) {
            for (ValueType type : values()) {
                if (type.wireName().equals(name)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean isOf(JsonNode value) {
            return switch (this) {
                case STRING -> value.isString();
                case NUMBER -> value.isNumber();
                case BOOLEAN -> value.isBoolean();
                case ARRAY -> value.isArray();
                case OBJECT -> value.isObject();
            };
        }
    }

    default boolean matches(String name, JsonNode value, Place place) {
        return switch (this) {
            case AnyDepth _, AnyName _ -> true;
            case Name wanted -> wanted.name().equalsIgnoreCase(name);
            case OfPart wanted -> wanted.part() == place.part();
            case OfType wanted -> wanted.type().isOf(value);
        };
    }
}
