package dev.resentry.processing.symbolicate;

import dev.resentry.retrace.JavaFrame;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the names that frames and exceptions had before their program was renamed, within the bounds that normalising has for them. */
final class RetracedNames {
    /** What frames say that a mapping has made readable. */
    static final String RESOLVED_WITH = "proguard";

    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 8_192;
    private static final int MAX_FRAMES = 250;

    /** Of an exception, each beside what it was before under {@code raw_} and its name. */
    private static final List<String> NAMES = List.of("type", "module", "value");

    private static final String RAW = "raw_";

    private RetracedNames() {}

    /** The class of the exception that has a stack trace; empty if it is that of a thread, or the exception's sender put raw names there. */
    static Optional<String> thrown(EventStack stack) {
        ObjectNode holder = stack.holder();
        String type = holder.path("type").asString("");
        boolean isException = stack.path().startsWith("exception.");
        if (!isException || type.isEmpty() || NAMES.stream().anyMatch(name -> holder.has(RAW + name))) {
            return Optional.empty();
        }
        String module = holder.path("module").asString("");
        return Optional.of(module.isEmpty() ? type : module + "." + type);
    }

    static void write(JavaFrame original, ObjectNode frame, UUID mapping, String programPackage) {
        frame.put("module", OriginalFrame.cut(original.className(), MAX_NAME));
        frame.put("function", OriginalFrame.cut(original.method(), MAX_NAME));
        if (original.file() == null) {
            frame.remove("filename");
        } else {
            frame.put("filename", OriginalFrame.cut(original.file(), MAX_NAME));
        }
        frame.remove("abs_path");
        if (original.line() > 0) {
            frame.put("lineno", original.line());
        } else {
            frame.remove("lineno");
        }
        if (!programPackage.isEmpty() && original.className().startsWith(programPackage + ".")) {
            frame.put("in_app", true);
        }
        ObjectNode data = frame.get("data") instanceof ObjectNode given ? given : frame.putObject("data");
        data.put("mapping", mapping.toString());
        data.put("symbolicated", true);
        data.put("resolved_with", RESOLVED_WITH);
    }

    /** Of too many frames those at both ends stay, as where events are normalised. */
    static void write(List<ObjectNode> frames, EventStack stack) {
        if (frames.size() > MAX_FRAMES) {
            frames.subList(MAX_FRAMES / 2, frames.size() - MAX_FRAMES / 2).clear();
        }
        stack.stacktrace().putArray("frames").addAll(frames);
    }

    static void write(@Nullable String thrown, UnaryOperator<String> message, ObjectNode exception) {
        ObjectNode before = exception.deepCopy();
        if (thrown != null) {
            int dot = thrown.lastIndexOf('.');
            exception.put("type", OriginalFrame.cut(thrown.substring(dot + 1), MAX_NAME));
            if (dot > 0) {
                exception.put("module", OriginalFrame.cut(thrown.substring(0, dot), MAX_NAME));
            }
        }
        JsonNode value = exception.path("value");
        if (value.isString()) {
            exception.put("value", OriginalFrame.cut(message.apply(value.asString()), MAX_VALUE));
        }
        if (NAMES.stream().anyMatch(name -> !before.path(name).equals(exception.path(name)))) {
            for (String name : NAMES) {
                Optional.ofNullable(before.get(name)).ifPresent(former -> exception.set(RAW + name, former));
            }
        }
    }

    /** Puts the names as they came back in the place of those that were made of them. */
    static void takeBack(ObjectNode exception) {
        if (NAMES.stream().noneMatch(name -> exception.has(RAW + name))) {
            return;
        }
        for (String name : NAMES) {
            JsonNode former = exception.remove(RAW + name);
            if (former == null) {
                exception.remove(name);
            } else {
                exception.set(name, former);
            }
        }
    }
}
