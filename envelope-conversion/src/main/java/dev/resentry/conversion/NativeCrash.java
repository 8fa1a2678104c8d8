package dev.resentry.conversion;

import dev.resentry.conversion.Minidump.Module;
import dev.resentry.model.envelope.Payload;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a crash by its minidump: the signal as the type of an exception, and one frame, whose function is the module and the
 * offset in it. That is what tells one crash from another where no stack is unwound (processing, section 4.5).
 */
public final class NativeCrash {

    private NativeCrash() {}

    /** Adds to an event what the dump says of its crash, if the event has no exception itself. */
    public static void describe(ObjectNode event, Payload dump) {
        if (hasException(event)) {
            return;
        }
        Optional<Minidump> minidump = Minidump.read(dump);
        event.put("platform", "native");
        if (!event.has("level")) {
            event.put("level", "fatal");
        }
        ObjectNode exception = event.putObject("exception").putArray("values").addObject();
        String type = minidump.map(CrashCodes::name).orElse("Native crash");
        exception.put("type", type);
        exception.putObject("mechanism").put("type", "minidump").put("handled", false);
        exception.put("value", "Fatal Error: " + type);
        minidump.ifPresent(crash -> addPlace(event, exception, crash));
    }

    private static boolean hasException(ObjectNode event) {
        var exception = event.path("exception");
        return exception.isArray() ? !exception.isEmpty() : exception.isObject() && !exception.isEmpty();
    }

    private static void addPlace(ObjectNode event, ObjectNode exception, Minidump crash) {
        ObjectNode frame = exception.putObject("stacktrace").putArray("frames").addObject();
        frame.put("instruction_addr", hex(crash.address()));
        crash.crashed().ifPresent(module -> {
            String place = "%s+%s".formatted(module.basename(), hex(crash.address() - module.base()));
            frame.put("package", module.name()).put("function", place);
            exception.put(
                    "value",
                    "Fatal Error: %s at %s".formatted(exception.path("type").asString(), place));
        });
        ObjectNode contexts = event.withObject("/contexts");
        if (!contexts.has("os") && crash.system() != Minidump.OperatingSystem.OTHER) {
            contexts.putObject("os").put("name", osName(crash.system()));
        }
        if (!event.has("debug_meta") && !crash.modules().isEmpty()) {
            ArrayNode images = event.putObject("debug_meta").putArray("images");
            for (Module module : crash.modules()) {
                images.addObject()
                        .put("type", imageType(crash.system()))
                        .put("code_file", module.name())
                        .put("image_addr", hex(module.base()))
                        .put("image_size", module.size());
            }
        }
    }

    private static String osName(Minidump.OperatingSystem system) {
        return switch (system) {
            case WINDOWS -> "Windows";
            case MACOS -> "macOS";
            case IOS -> "iOS";
            case LINUX -> "Linux";
            case ANDROID -> "Android";
            case OTHER -> "";
        };
    }

    private static String imageType(Minidump.OperatingSystem system) {
        return switch (system) {
            case WINDOWS -> "pe";
            case MACOS, IOS -> "macho";
            case LINUX, ANDROID, OTHER -> "elf";
        };
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number).toLowerCase(Locale.ROOT);
    }
}
