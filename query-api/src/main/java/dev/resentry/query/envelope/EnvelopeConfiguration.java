package dev.resentry.query.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.project.ProjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of envelopes. */
@Configuration(proxyBeanMethods = false)
public class EnvelopeConfiguration {
    /** What a processor accepts at most by default; a stored body was decoded once already. */
    private static final int MAX_DECODED_BYTES = 256 * 1024 * 1024;

    @Bean
    EnvelopeController envelopeController(
            EnvelopeQueries envelopes,
            ProjectStore projects,
            ItemPayloads payloads,
            AttachmentFiles files,
            ProjectAccess access) {
        return new EnvelopeController(envelopes, projects, payloads, files, access);
    }

    @Bean
    AttachmentFiles attachmentFiles(
            AttachmentQueries attachments, BlobStore blobs, EnvelopeQueries envelopes, ItemPayloads payloads) {
        return new AttachmentFiles(attachments, blobs, envelopes, payloads);
    }

    @Bean
    ItemPayloads itemPayloads() {
        return new ItemPayloads(new BoundedDecoder(MAX_DECODED_BYTES));
    }
}
