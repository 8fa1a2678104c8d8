package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.form.FormParse;
import dev.resentry.model.form.FormPart;
import dev.resentry.model.form.MultipartForm;
import dev.resentry.model.outcome.DropReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts the files of a form into attachments. */
final class FormFiles {
    private FormFiles() {}

    static List<FormPart> parts(@Nullable String contentType, byte[] body) {
        return switch (MultipartForm.read(contentType, body)) {
            case FormParse.Sound(List<FormPart> parts) -> parts;
            case FormParse.Malformed(String cause) -> throw refused(cause);
        };
    }

    /** An attachment for each part with a file name, in the order of the form. */
    static List<EnvelopeItem> attachments(List<FormPart> parts) {
        List<EnvelopeItem> items = parts.stream()
                .filter(part -> part.filename() != null)
                .map(part -> attachment(part, "event.attachment"))
                .toList();
        if (items.isEmpty()) {
            throw refused("the form has no file");
        }
        return items;
    }

    static EnvelopeItem attachment(FormPart part, String attachmentType) {
        ItemHeader header = ItemHeader.of(ItemType.Known.ATTACHMENT)
                .with("filename", part.filename() == null || part.filename().isEmpty() ? part.name() : part.filename())
                .with("attachment_type", attachmentType);
        return EnvelopeItem.of(
                part.contentType() == null ? header : header.with("content_type", part.contentType()), part.content());
    }

    private static RejectedBodyException refused(String cause) {
        return new RejectedBodyException(DropReason.INVALID_MULTIPART, cause);
    }
}
