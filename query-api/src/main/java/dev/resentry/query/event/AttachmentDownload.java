package dev.resentry.query.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.attachment.StoredAttachment;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The bytes of an attachment as they are handed out: nothing that anybody sent runs in a browser. */
public final class AttachmentDownload {
    private AttachmentDownload() {}

    /** What begins as an image does has the type of one; all else is bytes, whatever its sender called it. */
    public static ResponseEntity<byte[]> of(StoredAttachment file, byte[] content) {
        return ResponseEntity.ok()
                .contentType(ImageSignature.typeOf(content).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(content);
    }
}
