package dev.resentry.storage.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.artifact.ArtifactAssemblies.State;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.rollup.RollupDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** How artifacts are kept, found and removed. */
@Timeout(120)
class ArtifactsIT {
    private static final String ANN = "ann@example.com";
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");
    private static final ProjectId SHOP = new ProjectId(1);

    private static RollupDatabase database;
    private static DataSourceTransactionManager transactions;
    private static PostgresBlobStore blobs;
    private static ArtifactStore store;
    private static ArtifactQueries queries;
    private static UploadChunks chunks;
    private static ArtifactAssemblies assemblies;
    private static final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        database.addProject(2);
        transactions = new DataSourceTransactionManager(database.pool);
        blobs = new PostgresBlobStore(database.pool);
        store = new ArtifactStore(database.pool, transactions);
        queries = new ArtifactQueries(database.jdbc, blobs, now::get);
        chunks = new UploadChunks(new JdbcTemplate(database.pool), blobs);
        assemblies = new ArtifactAssemblies(database.jdbc, new JobStore(database.jdbc), transactions);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc
                .sql(
                        "TRUNCATE artifact_bundles, artifact_files, upload_chunks, artifact_assemblies, blobs, jobs, releases"
                                + " CASCADE")
                .update();
    }

    @Test
    void aFileIsFoundByItsDebugIdInItsOwnProjectWithItsBytes() {
        store.addBundle(List.of(1L), bundle("shop@1", null, file("~/app.js", DEBUG_ID, "code")));

        assertThat(queries.byDebugIds(SHOP, List.of(DEBUG_ID, UUID.randomUUID())))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.url()).isEqualTo("~/app.js");
                    assertThat(file.release()).isEqualTo("shop@1");
                    assertThat(queries.content(file)).hasValue("code".getBytes(UTF_8));
                });
        assertThat(queries.byDebugIds(new ProjectId(2), List.of(DEBUG_ID))).isEmpty();
    }

    @Test
    void ofADebugIdTheNewestFileOfEachKindCounts() {
        store.addBundle(List.of(1L), bundle("shop@1", null, file("~/app.js", DEBUG_ID, "old")));
        store.addBundle(
                List.of(1L),
                bundle(
                        "shop@2",
                        null,
                        file("~/app.js", DEBUG_ID, "new"),
                        new NewArtifact(
                                ArtifactKind.SOURCE_MAP,
                                "app.js.map",
                                "~/app.js.map",
                                DEBUG_ID,
                                null,
                                put("{}"),
                                Sha1.of("{}".getBytes(UTF_8)),
                                2)));

        assertThat(queries.byDebugIds(SHOP, List.of(DEBUG_ID)))
                .extracting(ArtifactFile::kind, ArtifactFile::release)
                .containsExactlyInAnyOrder(
                        tuple(ArtifactKind.MINIFIED_SOURCE, "shop@2"), tuple(ArtifactKind.SOURCE_MAP, "shop@2"));
    }

    @Test
    void ofAUrlTheFileOfTheDistComesBeforeTheOneWithoutAndThatOfAnotherIsNotFound() {
        store.addBundle(List.of(1L), bundle("shop@1", null, file("~/app.js", null, "any")));
        store.addBundle(List.of(1L), bundle("shop@1", "ios", file("~/app.js", null, "ios")));
        store.addBundle(List.of(1L), bundle("shop@1", "android", file("~/app.js", null, "android")));

        assertThat(urls("shop@1", "ios")).containsExactly("ios", "any");
        assertThat(urls("shop@1", null)).containsExactly("any");
        assertThat(urls("shop@1", "web")).containsExactly("any");
        assertThat(urls("shop@2", "ios")).isEmpty();
    }

    @Test
    void aFileThatComesAloneTakesThePlaceOfTheOneBefore() {
        assertThat(store.addFile(1, "shop@1", null, file("~/app.js", null, "first"), ANN))
                .isPresent();
        long second = store.addFile(1, "shop@1", null, file("~/app.js", null, "second"), ANN)
                .orElseThrow();

        assertThat(urls("shop@1", null)).containsExactly("second");
        assertThat(queries.find(second, VisibleProjects.ALL)).isPresent();
        assertThat(queries.find(second, new VisibleProjects(Set.of(2L)))).isEmpty();
    }

    @Test
    void aBundleIsOneForEachProjectAndOneThatComesAgainTakesItsPlace() {
        NewBundle bundle = bundle("shop@1", null, file("~/app.js", DEBUG_ID, "code"));
        store.addBundle(List.of(1L, 2L), bundle);
        store.addBundle(List.of(1L), bundle);

        assertThat(store.haveBundle(List.of(1L, 2L), bundle.sha1(), "shop@1", null))
                .isTrue();
        assertThat(store.haveBundle(List.of(1L), bundle.sha1(), "shop@2", null)).isFalse();
        assertThat(queries.list(new ArtifactFilter(VisibleProjects.ALL, null, DEBUG_ID, null, null), Long.MAX_VALUE, 10)
                        .entries())
                .extracting(ArtifactFile::projectId)
                .containsExactly(1L, 2L);
    }

    @Test
    void listsAreByProjectReleaseAndNameInPages() {
        store.addBundle(
                List.of(1L),
                bundle(
                        "shop@1",
                        null,
                        file("~/a.js", null, "a"),
                        file("~/b.js", null, "b"),
                        file("~/c.css", null, "c")));
        store.addBundle(List.of(2L), bundle("shop@1", null, file("~/other.js", null, "o")));
        var filter = new ArtifactFilter(new VisibleProjects(Set.of(1L)), "shop@1", null, ".JS", null);

        var first = queries.list(filter, Long.MAX_VALUE, 1);
        var second = queries.list(filter, first.entries().getLast().id(), 1);

        assertThat(first.entries()).extracting(ArtifactFile::name).containsExactly("b.js");
        assertThat(first.hasMore()).isTrue();
        assertThat(second.entries()).extracting(ArtifactFile::name).containsExactly("a.js");
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    void theNewestArtifactOfAProjectIsKnownASecondLater() {
        now.updateAndGet(at -> at.plusSeconds(2));
        assertThat(queries.newest(SHOP)).isEmpty();
        store.addBundle(List.of(1L), bundle(null, null, file("~/app.js", DEBUG_ID, "code")));
        now.updateAndGet(at -> at.plusSeconds(1));

        long first = queries.newest(SHOP).orElseThrow();
        assertThat(queries.newest(new ProjectId(2))).isEmpty();
        store.addBundle(List.of(1L), bundle(null, null, file("~/other.js", DEBUG_ID, "more")));
        assertThat(queries.newest(SHOP)).hasValue(first);
        now.updateAndGet(at -> at.plusSeconds(1));
        assertThat(queries.newest(SHOP).orElseThrow()).isGreaterThan(first);
    }

    @Test
    void aBundleIsThereWithAllOfItsFilesAndGoesWithTheLast() {
        NewBundle bundle = bundle("shop@1", null, file("~/a.js", null, "a"), file("~/b.js", null, "b"));
        store.addBundle(List.of(1L), bundle);
        List<ArtifactFile> files = queries.list(
                        new ArtifactFilter(VisibleProjects.ALL, null, null, null, null), Long.MAX_VALUE, 10)
                .entries();

        assertThat(store.haveBundle(List.of(1L), bundle.sha1(), "shop@1", null)).isTrue();
        assertThat(store.delete(files.get(0).id())).isTrue();
        assertThat(store.haveBundle(List.of(1L), bundle.sha1(), "shop@1", null)).isFalse();
        assertThat(bundles()).isEqualTo(1);
        assertThat(store.delete(files.get(1).id())).isTrue();
        assertThat(bundles()).isZero();
        assertThat(store.delete(files.get(1).id())).isFalse();
    }

    @Test
    void aFileThatWasDeletedComesBackWithItsBundle() {
        NewBundle bundle = bundle("shop@1", null, file("~/app.js", null, "a"), file("~/b.js", null, "b"));
        store.addBundle(List.of(1L), bundle);
        long deleted = queries.byUrls(SHOP, "shop@1", null, List.of("~/app.js"))
                .getFirst()
                .id();
        assertThat(store.delete(deleted)).isTrue();

        store.addBundle(List.of(1L), bundle);

        assertThat(urls("shop@1", null)).containsExactly("a");
        assertThat(store.haveBundle(List.of(1L), bundle.sha1(), "shop@1", null)).isTrue();
    }

    @Test
    void theArtifactsOfAReleaseGoWithIt() {
        var releases = new ReleaseStore(database.pool, transactions);
        long release = releases.save(1, "shop@1", new ReleaseDetails(null, null, null, null), ANN)
                .orElseThrow()
                .id();
        store.addBundle(List.of(1L, 2L), bundle("shop@1", null, file("~/a.js", null, "a")));
        assertThat(store.addFile(1, "shop@1", null, file("~/b.js", null, "b"), ANN))
                .isPresent();

        assertThat(releases.delete(1, release)).isTrue();

        assertThat(queries.list(new ArtifactFilter(VisibleProjects.ALL, null, null, null, null), Long.MAX_VALUE, 10)
                        .entries())
                .extracting(ArtifactFile::projectId)
                .as("the other project has a release of that name too")
                .containsExactly(2L);
    }

    @Test
    void noBytesThatAnArtifactOrAPartOfAnUploadNeedsAreSwept() {
        store.addBundle(List.of(1L), bundle("shop@1", null, file("~/a.js", null, "artifact")));
        chunks.put(Sha1.of("chunk".getBytes(UTF_8)), "chunk".getBytes(UTF_8));
        put("nobody's");
        database.jdbc
                .sql("UPDATE blobs SET touched_at = now() - interval '2 days'")
                .update();
        var sweep = new BlobSweep(database.pool, transactions, blobs);

        assertThat(sweep.step().removed()).isEqualTo(1);
        assertThat(blobs.get(Blob.of(Payload.of("artifact".getBytes(UTF_8))).hash()))
                .isPresent();
        assertThat(chunks.get(Sha1.of("chunk".getBytes(UTF_8)))).isPresent();
    }

    @Test
    void partsAreKnownByTheirHash() {
        Sha1 known = Sha1.of("known".getBytes(UTF_8));
        Sha1 unknown = Sha1.of("unknown".getBytes(UTF_8));
        chunks.put(known, "known".getBytes(UTF_8));
        chunks.put(known, "known".getBytes(UTF_8));

        assertThat(chunks.missing(List.of(unknown, known, unknown))).containsExactly(unknown);
        assertThat(chunks.get(known)).hasValue("known".getBytes(UTF_8));
        assertThat(chunks.get(unknown)).isEmpty();
    }

    @Test
    void aPartThatIsAskedForStaysForAnotherDay() {
        Sha1 asked = Sha1.of("asked".getBytes(UTF_8));
        Sha1 other = Sha1.of("other".getBytes(UTF_8));
        chunks.put(asked, "asked".getBytes(UTF_8));
        chunks.put(other, "other".getBytes(UTF_8));
        database.jdbc
                .sql("UPDATE upload_chunks SET uploaded_at = now() - interval '23 hours'")
                .update();

        assertThat(chunks.missing(List.of(asked))).isEmpty();

        assertThat(database.jdbc
                        .sql("SELECT sha1 FROM upload_chunks WHERE uploaded_at > now() - interval '1 hour'")
                        .query((row, _) -> Sha1.ofDigest(row.getBytes(1)))
                        .list())
                .containsExactly(asked);
    }

    @Test
    void anAssemblyThatIsWantedTwiceIsOneJobAndItsFailureIsToldOnce() {
        Sha1 part = Sha1.of("part".getBytes(UTF_8));
        var assembly = new ArtifactAssembly(part, List.of(2L, 1L, 2L), "shop@1", null, List.of(part), ANN);
        assertThat(assemblies.state(assembly)).isEmpty();

        assemblies.begin(assembly);
        assemblies.begin(assembly);

        assertThat(assemblies.state(assembly)).hasValue(new State.Created());
        long id = database.jdbc
                .sql("SELECT (parameters ->> 'assembly_id')::bigint FROM jobs WHERE kind = 'artifact-assembly'")
                .query(Long.class)
                .single();
        assertThat(assemblies.take(id)).hasValue(assembly);
        assertThat(assembly.projects()).containsExactly(1L, 2L);
        assertThat(assemblies.state(assembly)).hasValue(new State.Assembling());

        assemblies.fail(id, "manifest.json: none");

        assertThat(assemblies.take(id)).isEmpty();
        assertThat(assemblies.state(assembly)).hasValue(new State.Failed("manifest.json: none"));
        assertThat(assemblies.state(assembly)).isEmpty();
    }

    private static long bundles() {
        return database.jdbc
                .sql("SELECT count(*) FROM artifact_bundles")
                .query(Long.class)
                .single();
    }

    private static List<String> urls(String release, @Nullable String dist) {
        return queries.byUrls(SHOP, release, dist, List.of("~/app.js", "~/other.js")).stream()
                .map(file -> new String(queries.content(file).orElseThrow(), UTF_8))
                .toList();
    }

    private static NewBundle bundle(@Nullable String release, @Nullable String dist, NewArtifact... files) {
        byte[] content = (release + dist + List.of(files)).getBytes(UTF_8);
        return new NewBundle(
                UUID.nameUUIDFromBytes(content), Sha1.of(content), release, dist, content.length, List.of(files), ANN);
    }

    private static NewArtifact file(String url, @Nullable UUID debugId, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return new NewArtifact(
                ArtifactKind.MINIFIED_SOURCE,
                url.substring(2),
                url,
                debugId,
                null,
                put(content),
                Sha1.of(bytes),
                bytes.length);
    }

    private static BlobHash put(String content) {
        Blob blob = Blob.of(Payload.of(content.getBytes(UTF_8)));
        blobs.put(List.of(blob));
        return blob.hash();
    }
}
