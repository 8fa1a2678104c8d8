package dev.resentry.query.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.artifact.Bundle;
import dev.resentry.query.artifact.Multipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Uploads in chunks, as tools make them. */
@Timeout(120)
class ArtifactBundleIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String ORGANIZATION = "/api/0/organizations/default/";
    private static final String DEBUG_ID = "85314830-023f-4cf1-a267-535f4e37bb17";
    private static long project;

    @BeforeAll
    static void seed() {
        project = new StoredRows(API.database()).project("bundles");
        new StoredRows(API.database()).project("bundles-too");
    }

    @Test
    void toolsAreToldHowToUploadOnTheOriginTheyUse() {
        JsonNode options = API.get(ORGANIZATION + "chunk-upload/").json();

        assertThat(options.path("url").asString())
                .isEqualTo(API.uri("/api/0/organizations/default/chunk-upload/").toString());
        assertThat(options.path("hashAlgorithm").asString()).isEqualTo("sha1");
        assertThat(options.path("compression").toString()).isEqualTo("[\"gzip\"]");
        assertThat(Integer.bitCount(options.path("chunkSize").asInt())).isOne();
        assertThat(options.path("accept").toString()).contains("artifact_bundles");
    }

    @Test
    void aBundleIsMadeOfItsChunksAndFoundByItsReleaseAndIsThereAtOnceTheNextTime() {
        byte[] bundle = app("one").bytes(", \"debug_id\": \"" + UUID.randomUUID() + "\", \"release\": \"bundles@1\"");
        String request = assemble(bundle, 64, "\"bundles\", \"bundles-too\"", "\"version\": \"bundles@1\"");

        JsonNode first =
                API.post(ORGANIZATION + "artifactbundle/assemble/", request).json();
        assertThat(first.path("state").asString()).isEqualTo("not_found");
        assertThat(first.path("missingChunks")).hasSize(chunks(bundle, 64).size());
        upload(chunks(bundle, 64), true);
        assertThat(awaitEnd(request).path("state").asString()).isEqualTo("ok");
        JsonNode again =
                API.post(ORGANIZATION + "artifactbundle/assemble/", request).json();
        assertThat(again.path("state").asString()).isEqualTo("ok");
        assertThat(again.path("missingChunks").isArray()).isTrue();

        long release =
                API.get(ORGANIZATION + "releases/bundles@1/").json().path("id").asLong();
        JsonNode listed = API.get("/api/v1/releases/%d/artifacts".formatted(release))
                .json()
                .path("results");
        assertThat(listed).hasSize(2);
        JsonNode map = listed.path(0);
        assertThat(map.path("kind").asString()).isEqualTo("source_map");
        assertThat(map.path("name").asString()).isEqualTo("app.js.map");
        assertThat(map.path("url").asString()).isEqualTo("~/app.js.map");
        assertThat(map.path("debug_id").asString()).isEqualTo(DEBUG_ID);
        assertThat(map.path("release").asString()).isEqualTo("bundles@1");
        Reply content =
                API.get("/api/v1/artifacts/%d/content".formatted(map.path("id").asLong()));
        assertThat(content.text()).isEqualTo(sourceMap("one"));
        assertThat(map.path("checksum").asString()).isEqualTo(Bundle.sha1(content.bytes()));
        assertThat(content.header("Content-Disposition")).contains("attachment").contains("app.js.map");
    }

    @Test
    void aBundleWithoutAReleaseIsOfItsProject() {
        byte[] bundle = app("no release").bytes("");
        String request = assemble(bundle, 100_000, "\"bundles\"", "\"version\": null");
        upload(chunks(bundle, 100_000), false);

        assertThat(awaitEnd(request).path("state").asString()).isEqualTo("ok");

        JsonNode listed = API.get("/api/v1/projects/%d/artifacts?debug_id=%s".formatted(project, DEBUG_ID))
                .json()
                .path("results");
        assertThat(listed.path(0).path("release").isNull()).isTrue();
    }

    @Test
    void namesOfFilesAreNoPathsAndStayAsTheyAre() {
        byte[] bundle = new Bundle()
                .file("../../../etc/cron.d/x", "source", "~/../../../etc/cron.d/x", "{}", "x".getBytes(UTF_8))
                .bytes("");
        String request = assemble(bundle, 100_000, "\"bundles\"", "\"version\": \"paths@1\"");
        upload(chunks(bundle, 100_000), false);

        assertThat(awaitEnd(request).path("state").asString()).isEqualTo("ok");
        assertThat(API.get("/api/v1/projects/%d/artifacts?release=paths@1".formatted(project))
                        .json()
                        .at("/results/0/url")
                        .asString())
                .isEqualTo("~/../../../etc/cron.d/x");
    }

    @Test
    void aBundleThatInflatesBeyondMeasureIsRefused() {
        byte[] bundle = new Bundle()
                .file("bomb.js", "source", "~/bomb.js", "{}", new byte[101 * 1024 * 1024])
                .bytes("");

        assertThat(fault(bundle)).startsWith("'bomb.js': more than ").contains("at most 104857600 for a file");
    }

    @Test
    void aManifestOfMoreThan16MebibytesIsNotRead() {
        String note = "x".repeat(16 * 1024 * 1024);

        assertThat(fault(app("much").bytes(", \"note\": \"%s\"".formatted(note))))
                .isEqualTo("manifest.json: more than 16777216 bytes (expected: at most 16777216)");
    }

    @Test
    void aBundleIsRefusedWithAReasonThatNamesThePlace() {
        assertThat(fault("no archive, though long enough to be one".getBytes(UTF_8)))
                .contains("no zip archive");
        assertThat(fault(app("gone").without("_/_/app.js").bytes(""))).contains("no entry '_/_/app.js'");
        assertThat(fault(new Bundle()
                        .file("a", "recipe", "~/a", "{}", new byte[1])
                        .bytes("")))
                .contains("files['a']: type 'recipe' (expected: minified_source,");
        assertThat(fault(new Bundle()
                        .file("a", "source", "~/a", "{\"debug-id\": \"none\"}", new byte[1])
                        .bytes("")))
                .contains("debug-id 'none' (expected: a UUID)");
        assertThat(fault(new Bundle()
                        .file("a", "source", "~/a\\u0000b", "{}", new byte[1])
                        .bytes("")))
                .isEqualTo("manifest.json: files['a']: url: a control character is in it (expected: none)");
        assertThat(fault(new Bundle()
                        .file("a\\nb", "source", "", "{}", new byte[1])
                        .bytes("")))
                .isEqualTo("manifest.json: files['a\uFFFDb']: path: a control character is in it (expected: none)");
        assertThat(fault(new Bundle()
                        .file("a", "minified_source", "~/a", "{\"Sourcemap\": \"a\\u0000\"}", new byte[1])
                        .bytes("")))
                .isEqualTo("manifest.json: files['a']: sourcemap: a control character is in it (expected: none)");
    }

    @Test
    void aChecksumThatIsNotThatOfTheChunksIsRefused() {
        byte[] bundle = app("mismatch").bytes("");
        upload(chunks(bundle, 100_000), false);
        String request = assemble(bundle, 100_000, "\"bundles\"", "\"version\": null")
                .replaceFirst("\"checksum\": \"[0-9a-f]+\"", "\"checksum\": \"" + Bundle.sha1(new byte[1]) + "\"");

        JsonNode end = awaitEnd(request);

        assertThat(end.path("state").asString()).isEqualTo("error");
        assertThat(end.path("detail").asString()).startsWith("checksum: ");
    }

    @Test
    void aChunkWhoseNameIsNotItsHashIsRefused() {
        Reply reply = RunningApi.exchange(new Multipart()
                .file("file", Bundle.sha1(new byte[1]), new byte[2])
                .post(HttpRequest.newBuilder(API.uri(ORGANIZATION + "chunk-upload/"))
                        .header("Authorization", "Bearer " + API.token())));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().propertyNames()).containsExactly("detail");
        assertThat(reply.json().path("detail").asString()).contains("SHA-1").contains(Bundle.sha1(new byte[1]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"checksum\": \"x\", \"chunks\": [\"x\"], \"projects\": [\"bundles\"]} | checksum: 'x' (expected: 40 hex digits)",
                "{\"checksum\": \"x\", \"chunks\": [], \"projects\": [\"bundles\"]} | chunks: 0 (expected: 1 to 256)",
                "{\"checksum\": \"x\", \"chunks\": [\"x\"], \"projects\": []} | projects: empty (expected: at least one)"
            })
    void aRequestThatMeansNothingIsRefusedInWords(String request, String detail) {
        Reply reply = API.post(ORGANIZATION + "artifactbundle/assemble/", request);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asString()).isEqualTo(detail);
    }

    private static String fault(byte[] bundle) {
        String request = assemble(bundle, 8 * 1024 * 1024, "\"bundles\"", "\"version\": null");
        upload(chunks(bundle, 8 * 1024 * 1024), false);
        JsonNode end = awaitEnd(request);
        assertThat(end.path("state").asString()).isEqualTo("error");
        return end.path("detail").asString();
    }

    private static Bundle app(String what) {
        return new Bundle()
                .file(
                        "_/_/app.js",
                        "minified_source",
                        "~/app.js",
                        "{\"debug-id\": \"%s\", \"Sourcemap\": \"app.js.map\"}".formatted(DEBUG_ID),
                        ("app();//" + what).getBytes(UTF_8))
                .file(
                        "_/_/app.js.map",
                        "source_map",
                        "~/app.js.map",
                        "{\"debug-id\": \"%s\"}".formatted(DEBUG_ID),
                        sourceMap(what).getBytes(UTF_8));
    }

    private static String sourceMap(String what) {
        return "{\"version\":3,\"sources\":[\"%s.ts\"],\"names\":[],\"mappings\":\"AAAA\"}".formatted(what);
    }

    private static List<byte[]> chunks(byte[] bundle, int size) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < bundle.length; at += size) {
            chunks.add(Arrays.copyOfRange(bundle, at, Math.min(bundle.length, at + size)));
        }
        return chunks;
    }

    private static String assemble(byte[] bundle, int chunkSize, String projects, String more) {
        return "{\"checksum\": \"%s\", \"chunks\": [%s], \"projects\": [%s], %s}"
                .formatted(
                        Bundle.sha1(bundle),
                        chunks(bundle, chunkSize).stream()
                                .map(chunk -> "\"" + Bundle.sha1(chunk) + "\"")
                                .collect(Collectors.joining(",")),
                        projects,
                        more);
    }

    private static void upload(List<byte[]> chunks, boolean packed) {
        var form = new Multipart();
        chunks.forEach(
                chunk -> form.file(packed ? "file_gzip" : "file", Bundle.sha1(chunk), packed ? gzip(chunk) : chunk));
        Reply reply = RunningApi.exchange(form.post(HttpRequest.newBuilder(API.uri(ORGANIZATION + "chunk-upload/"))
                .header("Authorization", "Bearer " + API.token())));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static JsonNode awaitEnd(String request) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            Reply reply = API.post(ORGANIZATION + "artifactbundle/assemble/", request);
                            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                            return reply.json();
                        },
                        answer -> List.of("ok", "error")
                                .contains(answer.path("state").asString()));
    }
}
