package dev.resentry.model.form;

import dev.resentry.model.envelope.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One part of a form.
 *
 * @param filename null if it is a field, not a file
 */
public record FormPart(
        String name, @Nullable String filename, @Nullable String contentType, Payload content) {
    /** The field that crash reporters send a dump in (ingest protocol, section 1.7). */
    public static final String MINIDUMP = "upload_file_minidump";
}
