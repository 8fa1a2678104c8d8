package dev.resentry.processing.group.rule;

import org.jspecify.annotations.Nullable;

/** What a matcher looks at. */
public enum Subject {
    TYPE(false),
    VALUE(false),
    MECHANISM(false),
    MESSAGE(false),
    LOGGER(false),
    LEVEL(false),
    SDK(false),
    RELEASE(false),
    ENVIRONMENT(false),
    TRANSACTION(false),
    TAG(false),
    THREAD(false),
    FAMILY(false),
    FUNCTION(true),
    MODULE(true),
    PATH(true),
    BINARY(true),
    APP(true),
    CATEGORY(true);

    private final boolean ofFrame;

    Subject(boolean ofFrame) {
        this.ofFrame = ofFrame;
    }

    /** Whether it is asked of each frame. */
    boolean isOfFrame() {
        return ofFrame;
    }

    boolean isPath() {
        return this == PATH || this == BINARY;
    }

    /** The subject of a name in a rule; null if there is none. */
    static @Nullable Subject of(String name) {
        if (name.startsWith("tags.")) {
            return TAG;
        }
        if (name.startsWith("thread.")) {
            return THREAD;
        }
        return switch (name) {
            case "error.type", "type" -> TYPE;
            case "error.value", "value" -> VALUE;
            case "error.mechanism", "mechanism" -> MECHANISM;
            case "message" -> MESSAGE;
            case "logger" -> LOGGER;
            case "level" -> LEVEL;
            case "sdk" -> SDK;
            case "release" -> RELEASE;
            case "environment" -> ENVIRONMENT;
            case "transaction" -> TRANSACTION;
            case "family", "platform" -> FAMILY;
            case "stack.function", "function" -> FUNCTION;
            case "stack.module", "module" -> MODULE;
            case "stack.abs_path", "path" -> PATH;
            case "stack.package", "package" -> BINARY;
            case "app", "in_app" -> APP;
            case "category" -> CATEGORY;
            default -> null;
        };
    }
}
