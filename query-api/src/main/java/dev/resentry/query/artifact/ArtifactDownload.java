package dev.resentry.query.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.artifact.ArtifactFile;
import dev.resentry.storage.artifact.ArtifactQueries;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Answers with the bytes of an artifact, to be kept as a file. */
public final class ArtifactDownload {
    private final ArtifactQueries artifacts;
    private final FileMemory memory;

    ArtifactDownload(ArtifactQueries artifacts, FileMemory memory) {
        this.artifacts = artifacts;
        this.memory = memory;
    }

    /**
     * Writes the answer itself: until that is done, the bytes are in memory.
     *
     * @throws ApiException if they are gone, or there is no room for them now
     */
    public void answer(ArtifactFile file, HttpServletResponse response) throws IOException {
        try (FileMemory.Room _ = memory.take(file.size())) {
            byte[] content =
                    artifacts.content(file).orElseThrow(() -> ApiException.notFound("content of artifact", file.id()));
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setContentLength(content.length);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(file.name().replaceFirst(".*/", ""), UTF_8)
                            .build()
                            .toString());
            response.getOutputStream().write(content);
        }
    }
}
