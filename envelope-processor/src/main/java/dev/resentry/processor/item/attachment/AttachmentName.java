package dev.resentry.processor.item.attachment;

import dev.resentry.model.envelope.ItemHeader;
import java.util.Locale;
import java.util.Map;

/** What an attachment is called; one that brings no name gets one that says what it is. */
final class AttachmentName {
    private static final int MAX_LENGTH = 255;

    /** Of types of which an event has one. */
    private static final Map<String, String> BY_TYPE = Map.of(
            "event.minidump",
            "minidump.dmp",
            "event.applecrashreport",
            "crash-report.crash",
            "event.view_hierarchy",
            "view-hierarchy.json",
            "unreal.context",
            "unreal-context.xml",
            "unreal.logs",
            "unreal.log",
            AttachmentHandler.UNREAL_REPORT,
            "unreal-report.bin");

    private static final Map<String, String> EXTENSIONS = Map.of(
            "text/plain", "txt",
            "text/html", "html",
            "text/xml", "xml",
            "application/xml", "xml",
            "application/json", "json",
            "application/zip", "zip",
            "application/gzip", "gz",
            "image/png", "png",
            "image/jpeg", "jpg",
            "image/webp", "webp");

    private AttachmentName() {}

    /** @param index how many attachments stand in front of it in its envelope */
    static String of(ItemHeader header, String attachmentType, int index) {
        String given = header.filename();
        if (given != null && !given.isBlank()) {
            return given.length() <= MAX_LENGTH ? given : given.substring(0, MAX_LENGTH);
        }
        String byType = BY_TYPE.get(attachmentType);
        return byType == null ? "attachment-%d.%s".formatted(index + 1, extension(header)) : byType;
    }

    private static String extension(ItemHeader header) {
        String type = header.contentType() == null ? "" : header.contentType();
        int parameters = type.indexOf(';');
        String name = parameters < 0 ? type : type.substring(0, parameters);
        return EXTENSIONS.getOrDefault(name.strip().toLowerCase(Locale.ROOT), "bin");
    }
}
