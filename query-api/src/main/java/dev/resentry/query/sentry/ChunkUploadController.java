package dev.resentry.query.sentry;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.artifact.UploadChunks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.util.WebUtils;

/** Takes large files in parts, each named by the SHA-1 of its content (web API, section 1.3). */
@SentryApi
class ChunkUploadController {
    static final int CHUNK_BYTES = 8 * 1024 * 1024;
    private static final int CHUNKS_PER_REQUEST = 64;
    private static final int REQUEST_BYTES = 32 * 1024 * 1024;
    static final long FILE_BYTES = 2L * 1024 * 1024 * 1024;
    private static final int AT_ONCE = 8;
    /** How long tools wait for a bundle, in seconds. */
    private static final int WAIT_SECONDS = 300;

    private static final String PATH = "/api/0/organizations/{organization}/chunk-upload";
    private static final BoundedDecoder DECODER = new BoundedDecoder(CHUNK_BYTES);

    private final UploadChunks chunks;
    private final SentrySelection selection;

    ChunkUploadController(UploadChunks chunks, SentrySelection selection) {
        this.chunks = chunks;
        this.selection = selection;
    }

    /**
     * How to upload.
     *
     * @param compression gzip only: who is offered another one sends parts of it that say so nowhere
     * @param accept what the parts may become; bundles of artifacts, in the form that is found by debug ids too, and mappings
     */
    record Options(
            String url,
            int chunkSize,
            int chunksPerRequest,
            long maxFileSize,
            int maxRequestSize,
            int concurrency,
            String hashAlgorithm,
            int maxWait,
            List<String> compression,
            List<String> accept) {}

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @GetMapping(PATH)
    Options options(@PathVariable String organization) {
        String slug = selection.organization(organization).slug();
        return new Options(
                SentryLinks.root() + PATH.replace("{organization}", slug) + "/",
                CHUNK_BYTES,
                CHUNKS_PER_REQUEST,
                FILE_BYTES,
                REQUEST_BYTES,
                AT_ONCE,
                "sha1",
                WAIT_SECONDS,
                List.of("gzip"),
                List.of("release_files", "artifact_bundles", "artifact_bundles_v2", "proguard"));
    }

    /** A part that is there already is no fault. */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping(PATH)
    void upload(@PathVariable String organization, HttpServletRequest request) throws IOException {
        selection.organization(organization);
        MultipartRequest form = WebUtils.getNativeRequest(request, MultipartRequest.class);
        if (form == null) {
            throw ApiException.invalid("body", "no form (expected: multipart/form-data)");
        }
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<MultipartFile>> named :
                form.getMultiFileMap().entrySet()) {
            ContentEncoding encoding = encoding(named.getKey());
            named.getValue().forEach(file -> parts.add(new Part(encoding, file)));
        }
        if (parts.size() > CHUNKS_PER_REQUEST) {
            throw ApiException.invalid(
                    "file", "%d parts (expected: at most %d)".formatted(parts.size(), CHUNKS_PER_REQUEST));
        }
        for (Part part : parts) {
            keep(part);
        }
    }

    private record Part(ContentEncoding encoding, MultipartFile file) {}

    private static ContentEncoding encoding(String field) {
        return switch (field) {
            case "file" -> ContentEncoding.IDENTITY;
            case "file_gzip" -> ContentEncoding.GZIP;
            default -> throw ApiException.invalid(field, "unknown part (expected: file or file_gzip)");
        };
    }

    private void keep(Part part) throws IOException {
        String name = String.valueOf(part.file().getOriginalFilename());
        Optional<Sha1> wanted = Sha1.parse(name);
        if (wanted.isEmpty()) {
            throw ApiException.invalid("file", "file name '%s' (expected: the SHA-1 of the content)".formatted(name));
        }
        byte[] content = switch (DECODER.decode(part.encoding(), part.file().getBytes())) {
            case Decoded.Content(byte[] bytes) -> bytes;
            case Decoded.TooLarge(long limit) ->
                throw ApiException.invalid("file", "%s: more than %d bytes".formatted(name, limit));
            case Decoded.Malformed malformed ->
                throw ApiException.invalid(
                        "file", "%s: no %s: %s".formatted(name, malformed.format(), malformed.cause()));
        };
        Sha1 found = Sha1.of(content);
        if (!found.equals(wanted.get())) {
            throw ApiException.invalid("file", "SHA-1 %s (expected: %s, the file name)".formatted(found, name));
        }
        chunks.put(found, content);
    }
}
