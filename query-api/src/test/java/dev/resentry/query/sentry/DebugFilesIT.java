package dev.resentry.query.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.artifact.Multipart;
import dev.resentry.storage.artifact.Sha1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Mappings of R8 and ProGuard, uploaded as tools do it. */
@Timeout(120)
class DebugFilesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String FILES = "/api/0/projects/default/mapped/files/";
    private static final byte[] MAPPING = "com.example.Card -> a.a:\n".getBytes(UTF_8);
    private static long project;

    @BeforeAll
    static void seed() {
        project = new StoredRows(API.database()).project("mapped");
    }

    @Test
    void aMappingIsMadeOfItsChunksAndIsThereAtOnceTheNextTime() {
        String id = UUID.randomUUID().toString();

        JsonNode first = assemble(id, MAPPING);
        assertThat(first.path("state").asString()).isEqualTo("not_found");
        assertThat(first.path("missingChunks")).hasSize(1);
        upload(MAPPING);
        JsonNode made = assemble(id, MAPPING);
        assertThat(made.path("state").asString()).isEqualTo("ok");
        assertThat(made.path("missingChunks").isArray()).isTrue();
        assertThat(made.at("/dif/uuid").asString()).isEqualTo(id);
        assertThat(made.at("/dif/symbolType").asString()).isEqualTo("proguard");
        assertThat(made.at("/dif/data/features").toString()).isEqualTo("[\"mapping\"]");
        assertThat(assemble(id, MAPPING).path("state").asString()).isEqualTo("ok");

        assertThat(listed(id)).hasSize(1);
        assertThat(API.delete("/api/v1/artifacts/"
                                + listed(id).path(0).path("id").asLong())
                        .status())
                .isEqualTo(204);
        assertThat(listed(id)).isEmpty();
    }

    @Test
    void aMappingWithTheSameIdTakesThePlaceOfTheOneBeforeAndStaysOfItsRelease() throws IOException {
        String id = UUID.randomUUID().toString();
        assertThat(archive("proguard/" + id + ".txt", MAPPING).status()).isEqualTo(201);
        assertThat(API.post(FILES + "proguard-artifact-releases", """
                        {"release_name": "com.example@1", "proguard_uuid": "%s"}""".formatted(id))
                        .status())
                .isEqualTo(201);
        byte[] other = "com.example.Voucher -> a.a:\n".getBytes(UTF_8);
        assertThat(archive("proguard/" + id + ".txt", other)
                        .json()
                        .path(0)
                        .path("sha1")
                        .asString())
                .isEqualTo(Sha1.of(other).hex());

        assertThat(listed(id)).hasSize(1);
        assertThat(listed(id).path(0).path("release").asString()).isEqualTo("com.example@1");
        assertThat(API.get("/api/v1/projects/%d/artifacts?debug_id=%s&kind=source_map".formatted(project, id))
                        .json()
                        .path("results"))
                .isEmpty();
        JsonNode files = API.get(FILES + "dsyms/?query=" + id).json();
        assertThat(files).hasSize(1);
        assertThat(API.delete(FILES + "dsyms/?id=" + files.path(0).path("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(listed(id)).isEmpty();
    }

    @Test
    void whatIsNoMappingIsRefusedWithAReason() throws IOException {
        String id = UUID.randomUUID().toString();
        byte[] none = "# a comment\nnothing\n".getBytes(UTF_8);
        upload(none);

        assertThat(assemble(id, none).path("detail").asString())
                .isEqualTo("line 2: 'nothing' (expected: 'original.Class -> renamed:')");
        assertThat(archive("libcard.so", none).status()).isEqualTo(400);
        assertThat(API.post(FILES + "proguard-artifact-releases", """
                        {"release_name": "com.example@1", "proguard_uuid": "%s"}""".formatted(id))
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode assemble(String id, byte[] mapping) {
        String sha1 = Sha1.of(mapping).hex();
        return API.post(FILES + "difs/assemble/", """
                        {"%s": {"name": "/proguard/%s.txt", "chunks": ["%s"]}}""".formatted(sha1, id, sha1))
                .json()
                .path(sha1);
    }

    private static void upload(byte[] chunk) {
        assertThat(RunningApi.exchange(new Multipart()
                                .file("file", Sha1.of(chunk).hex(), chunk)
                                .post(HttpRequest.newBuilder(API.uri("/api/0/organizations/default/chunk-upload/"))
                                        .header("Authorization", "Bearer " + API.token())))
                        .status())
                .isEqualTo(200);
    }

    private static Reply archive(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return RunningApi.exchange(new Multipart()
                .file("file", "symbols.zip", bytes.toByteArray())
                .post(HttpRequest.newBuilder(API.uri(FILES + "dsyms/"))
                        .header("Authorization", "Bearer " + API.token())));
    }

    private static JsonNode listed(String id) {
        return API.get("/api/v1/projects/%d/artifacts?debug_id=%s&kind=proguard".formatted(project, id))
                .json()
                .path("results");
    }
}
