package dev.resentry.processing.group.frame;

import dev.resentry.model.event.Frame;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A frame as it was sent, each field read once. Texts are cut, so that no rule reads a megabyte.
 *
 * @param path the whole path or URL, else the file
 * @param file the file as the SDK shortens it, else the whole path
 * @param symbolicated whether it is of an original file, which a source map told
 * @param sdkInApp what the SDK says; null if it says nothing
 */
public record RawFrame(
        String module,
        String function,
        String file,
        String path,
        String binary,
        String contextLine,
        int column,
        boolean symbolicated,
        String relativeAddress,
        @Nullable Boolean sdkInApp,
        Language language) {
    private static final int MAX_NAME = 1_024;

    /**
     * Reads a frame.
     *
     * @param platform of the event, which a frame of another one overrides
     */
    public static RawFrame of(JsonNode json, String platform) {
        var frame = new Frame(json);
        String absolute = cut(frame.absPath());
        String relative = cut(frame.filename());
        String path = absolute.isEmpty() ? relative : absolute;
        String file = relative.isEmpty() ? absolute : relative;
        String own = text(json, "platform");
        JsonNode inApp = json.path("in_app");
        return new RawFrame(
                cut(frame.module()),
                cut(frame.function()),
                file,
                path,
                cut(text(json, "package")),
                text(json, "context_line"),
                json.path("colno").asInt(0),
                json.path("data").path("symbolicated").asBoolean(false),
                relativeAddress(json),
                inApp.isBoolean() ? (Boolean) inApp.asBoolean() : null,
                Language.of(own.isEmpty() ? platform : own, file));
    }

    /** Where in its binary a frame is that no symbol names: the same in every process that loads the same build. */
    private static String relativeAddress(JsonNode json) {
        Long address = address(json, "instruction_addr");
        Long image = address(json, "image_addr");
        return address == null || image == null || address < image ? "" : "0x" + Long.toHexString(address - image);
    }

    private static @Nullable Long address(JsonNode json, String name) {
        String text = text(json, name);
        if (!text.startsWith("0x") || text.length() > 18) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(text.substring(2), 16);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? value.asString() : "";
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }
}
