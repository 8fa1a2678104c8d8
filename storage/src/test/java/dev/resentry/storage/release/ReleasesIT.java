package dev.resentry.storage.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.release.DatedRelease;
import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.release.ReleaseStore.Saved;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import dev.resentry.storage.rollup.RollupQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What people say of releases, and how they are read. */
@Timeout(120)
class ReleasesIT {
    private static final ReleaseDetails NOTHING = new ReleaseDetails(null, null, null, null);
    private static final String ANN = "ann@example.com";

    private static Instant now;
    private static RollupDatabase database;
    private static ReleaseStore store;
    private static ReleaseQueries queries;
    private static DeploymentStore deployments;

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        database.addProject(2);
        store = new ReleaseStore(database.pool, new DataSourceTransactionManager(database.pool));
        queries = new ReleaseQueries(database.jdbc);
        deployments = new DeploymentStore(database.jdbc);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.sql("""
                        TRUNCATE releases, release_commits, release_refs, deployments, issues, issue_hashes, issue_releases,
                                 issue_hours, issue_users, issue_tags, issue_tag_keys, issue_activities
                        """).update();
    }

    @Test
    void theCommitsThatChangedAFileAreFoundByItTheMostTellingFirstThenTheNewest() {
        long release = save(1, "shop@1.0").id();
        store.addCommits(
                release,
                List.of(
                        changed("c1", null, 3, "backend/src/shop/cart.py", "README.md"),
                        changed("c2", null, 1, "src/shop/stock.py"),
                        changed("c3", null, 2, "src/shop/stock.py", "src/shop/cart.py"),
                        changed("c4", "acme/docs", 4, "shop/cart.py.md", "my-src/shop/cart.py", "cart.py"),
                        changed("c5", "acme/docs", 5, "deep/setup.py"),
                        changed("c6", "acme/shop", 6, "setup.py")));
        List<String> paths = List.of("src/shop/stock.py", "src/shop/cart.py", "setup.py");
        var sources = new ReleaseSourceQueries(database.jdbc);

        assertThat(sources.suspects(1, "shop@1.0", paths, 10))
                .extracting(suspect -> suspect.commit().id() + suspect.files() + suspect.rank())
                .containsExactly(
                        "c3[src/shop/cart.py, src/shop/stock.py]0",
                        "c2[src/shop/stock.py]0",
                        "c1[backend/src/shop/cart.py]1",
                        "c6[setup.py]2");
        assertThat(sources.suspects(1, "shop@1.0", paths, 1)).hasSize(1);
        assertThat(sources.suspects(1, "shop@1.0", List.of(), 10)).isEmpty();
        assertThat(sources.suspects(1, "shop@1.1", paths, 10)).isEmpty();
        assertThat(sources.suspects(2, "shop@1.0", paths, 10)).isEmpty();
        assertThat(sources.find(1, "shop@1.0").orElseThrow().newest())
                .as("those that are given first are the newest")
                .extracting(ReleaseCommit::id)
                .containsExactlyInAnyOrder("c1", "c4", "c6");
    }

    private static ReleaseCommit changed(String id, @Nullable String repository, int day, String... files) {
        return new ReleaseCommit(
                id,
                repository,
                null,
                null,
                null,
                Instant.parse("2026-11-0%dT00:00:00Z".formatted(day)),
                List.of(files));
    }

    @Test
    void aReleaseByAPersonAndOneByAnEventAreOne() {
        Saved saved = save(1, "shop@1.0");
        database.batches.store(List.of(event("shop@1.0", 1, "staging", 7)));
        Instant released = now.minus(Duration.ofDays(1));
        Saved again = store.save(1, "shop@1.0", new ReleaseDetails(released, "v1", null, null), ANN)
                .orElseThrow();

        assertThat(saved.isNew()).isTrue();
        assertThat(again).isEqualTo(new Saved(saved.id(), false));
        StoredRelease release = queries.find(saved.id(), null).orElseThrow();
        assertThat(release.date()).isEqualTo(released);
        assertThat(release.ref()).isEqualTo("v1");
        assertThat(release.createdBy()).isEqualTo(ANN);
        assertThat(release.seen().events()).isEqualTo(1);
        assertThat(queries.findVersion(1, "shop@1.0")).contains(release);
        assertThat(store.save(99, "1.0", NOTHING, ANN)).as("no such project").isEmpty();
    }

    @Test
    void withoutADateOfItsOwnAReleaseHasThatOfWhenItWasFirstSeen() {
        long id = save(1, "1.0").id();
        Instant created = queries.find(id, null).orElseThrow().date();
        Instant before = now.minus(Duration.ofHours(5));

        database.batches.store(List.of(event("1.0", 1, null, 7, before)));

        assertThat(created).isAfterOrEqualTo(now);
        assertThat(queries.find(id, null).orElseThrow().date()).isEqualTo(before);
    }

    @Test
    void whatIsSaidOfAReleaseChangesOnlyWhatIsSaid() {
        long id = store.save(1, "1.0", new ReleaseDetails(now, "v1", "https://example.com/1", null), ANN)
                .orElseThrow()
                .id();

        assertThat(store.change(id, new ReleaseDetails(null, null, "https://example.com/2", true), false))
                .isTrue();

        StoredRelease release = queries.find(id, null).orElseThrow();
        assertThat(release.dateReleased()).isEqualTo(now);
        assertThat(release.ref()).isEqualTo("v1");
        assertThat(release.url()).isEqualTo("https://example.com/2");
        assertThat(release.archived()).isTrue();
        assertThat(store.change(id + 1, NOTHING, false)).isFalse();
        assertThat(list(new ReleaseFilter(VisibleProjects.ALL, null, null, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theReleaseBeforeIsTheOneThatTheOrderOfTheProjectSays(long seed) {
        var random = new Random(seed);
        // Odd seeds make a project of semantic versions.
        List<String> others = seed % 2 == 1 ? List.of() : List.of("nightly", "dev", "f00d");
        for (int i = 0; i < 30; i++) {
            String version = !others.isEmpty() && random.nextInt(4) == 0
                    ? others.get(random.nextInt(others.size())) + i
                    : "shop@%d.%d%s"
                            .formatted(random.nextInt(3), random.nextInt(12), random.nextBoolean() ? "" : "-rc." + i);
            Instant at = now.minus(Duration.ofHours(random.nextInt(8)));
            store.save(1, version, new ReleaseDetails(at, null, null, null), ANN);
        }
        List<StoredRelease> all = list(new ReleaseFilter(VisibleProjects.ALL, null, null, null));
        List<DatedRelease> ordered = new ArrayList<>(all.stream()
                .map(release -> DatedRelease.of(release.version(), release.date()))
                .toList());
        ReleaseOrder order = ReleaseOrder.of(ordered);
        ordered.sort(order);

        assertThat(order).isEqualTo(others.isEmpty() ? ReleaseOrder.SEMVER : ReleaseOrder.DATE);
        assertThat(all).allSatisfy(release -> {
            int place = ordered.indexOf(DatedRelease.of(release.version(), release.date()));
            String previous =
                    place == 0 ? null : ordered.get(place - 1).version().raw();
            assertThat(release.previous() == null ? null : release.previous().version())
                    .as("before %s", release.version())
                    .isEqualTo(previous);
        });
    }

    @Test
    void pagesOfEverySortHoldEachReleaseOnceInItsOrder() {
        for (int i = 0; i < 25; i++) {
            Instant at = now.minus(Duration.ofHours(i % 5));
            store.save(1 + i % 2, i % 6 == 0 ? "dev" + i : "1." + i, new ReleaseDetails(at, null, null, null), ANN);
        }
        database.batches.store(List.of(event("1.1", 1, null, 1), event("1.9", 1, null, 1)));

        for (ReleaseSort sort : ReleaseSort.values()) {
            List<StoredRelease> seen = new ArrayList<>();
            ReleasePosition behind = ReleasePosition.FIRST;
            Page<StoredRelease> page;
            do {
                page = queries.list(new ReleaseFilter(VisibleProjects.ALL, null, null, null), sort, behind, 4);
                seen.addAll(page.entries());
                behind = page.entries().getLast().position();
            } while (page.hasMore());

            assertThat(seen)
                    .as("%s", sort)
                    .extracting(StoredRelease::id)
                    .hasSize(27)
                    .doesNotHaveDuplicates();
        }
        assertThat(sorted(ReleaseSort.VERSION))
                .startsWith("1.23", "1.22", "1.21")
                .endsWith("dev18", "dev24");
        assertThat(sorted(ReleaseSort.LAST_EVENT).subList(0, 2)).containsExactlyInAnyOrder("1.1", "1.9");
    }

    @Test
    void countsAreThoseOfTheEventsInTheEnvironmentsThatAreAskedFor() {
        database.batches.store(List.of(
                event("1.0", 1, "staging", 1),
                event("1.1", 1, "staging", 1),
                event("1.1", 2, "production", 2),
                event("1.1", 2, "production", 3),
                event("1.1", 3, null, 1)));
        long id = queries.findVersion(1, "1.1").orElseThrow().id();
        database.jdbc.sql("""
                        INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                        SELECT min(id), 1, now(), 0, '', 'regression', '{"release": "1.1"}' FROM issues
                        """).update();
        var users = new RollupQueries(database.jdbc);

        StoredRelease.Seen all = queries.find(id, null).orElseThrow().seen();
        StoredRelease.Seen production =
                queries.find(id, Set.of("production")).orElseThrow().seen();

        assertThat(List.of(all.events(), all.newIssues(), all.regressedIssues()))
                .containsExactly(4L, 2L, 1L);
        assertThat(List.of(production.events(), production.newIssues())).containsExactly(2L, 1L);
        assertThat(users.usersOfRelease(1, "1.1", null)).isEqualTo(3);
        assertThat(users.usersOfRelease(1, "1.1", Set.of("production"))).isEqualTo(2);
        assertThat(versions(list(new ReleaseFilter(VisibleProjects.ALL, Set.of("production"), null, null))))
                .containsExactly("1.1");
        assertThat(versions(list(new ReleaseFilter(VisibleProjects.ALL, null, "1.0", null))))
                .containsExactly("1.0");
        assertThat(list(new ReleaseFilter(new VisibleProjects(Set.of(2L)), null, null, null)))
                .isEmpty();
    }

    @Test
    void commitsThatAreGivenAgainAreAddedAndKeepTheirPlace() {
        long id = save(1, "1.0").id();
        store.addCommits(id, List.of(commit("c1", "first", List.of("a.js")), commit("c2", "second", List.of())));
        store.addCommits(id, List.of(commit("c3", "third", List.of()), commit("c1", null, List.of("b.js"))));
        store.addRefs(id, List.of(new ReleaseRef("acme/shop", "c1", null)));
        store.addRefs(id, List.of(new ReleaseRef("acme/shop", "c3", "c0")));

        assertThat(queries.commits(id, 0, 10))
                .containsExactly(
                        commit("c1", "first", List.of("b.js")),
                        commit("c2", "second", List.of()),
                        commit("c3", "third", List.of()));
        assertThat(queries.commits(id, 1, 1)).extracting(ReleaseCommit::id).containsExactly("c2");
        assertThat(queries.refs(id)).containsExactly(new ReleaseRef("acme/shop", "c3", "c0"));
        assertThat(queries.find(id, null).orElseThrow().commits()).isEqualTo(3);
    }

    @Test
    void deploymentsAreListedByWhenTheyWereFinished() {
        long one = save(1, "1.0").id();
        long other = save(2, "2.0").id();
        deploy(one, "staging", 5);
        deploy(one, "production", 3);
        deploy(one, "staging", 1);
        deploy(other, "production", 2);

        assertThat(environments(new DeploymentFilter(VisibleProjects.ALL, null, null, null, null)))
                .containsExactly("1.0 staging", "2.0 production", "1.0 production", "1.0 staging");
        assertThat(environments(DeploymentFilter.ofRelease(other))).containsExactly("2.0 production");
        assertThat(environments(new DeploymentFilter(
                        new VisibleProjects(Set.of(1L)), null, Set.of("staging"), now.minus(Duration.ofHours(4)), now)))
                .containsExactly("1.0 staging");
        assertThat(deployments.latest(List.of(one, other)).get(one))
                .containsExactly(
                        new DeploymentStore.Latest("production", now.minus(Duration.ofHours(3))),
                        new DeploymentStore.Latest("staging", now.minus(Duration.ofHours(1))));
        assertThat(versions(list(new ReleaseFilter(VisibleProjects.ALL, Set.of("staging"), null, null))))
                .as("deployed to it")
                .containsExactly("1.0");
        assertThat(deployments.add(one + other, deployment("x", now))).isEmpty();
    }

    @Test
    void onlyAReleaseWithoutEventsIsDeleted() {
        long planned = save(1, "2.0").id();
        deploy(planned, "staging", 1);
        store.addCommits(planned, List.of(commit("c1", "m", List.of())));
        database.batches.store(List.of(event("1.0", 1, null, 1)));
        long used = queries.findVersion(1, "1.0").orElseThrow().id();

        assertThat(store.delete(1, used)).isFalse();
        assertThat(store.delete(1, planned)).isTrue();

        assertThat(versions(list(new ReleaseFilter(VisibleProjects.ALL, null, null, null))))
                .containsExactly("1.0");
        assertThat(database.texts("SELECT commit_id FROM release_commits")).isEmpty();
    }

    @Test
    void theEventsThatLackSourceMapsAreCountedUpToAHundred() {
        save(1, "minified@2");
        database.batches.store(IntStream.range(0, 101)
                .mapToObj(user -> event("minified@1", 1, null, user))
                .toList());

        assertThat(minified("minified@1")).isZero();
        setMinified("nth < 3");
        assertThat(minified("minified@1")).isEqualTo(3);
        setMinified("true");
        assertThat(minified("minified@1")).isEqualTo(100);
        assertThat(minified("minified@2")).isZero();
    }

    /** As the processor notes it for some of the events of {@code minified@1}. */
    private static void setMinified(String which) {
        database.jdbc.sql("""
                        UPDATE events e SET needs_source_maps = true
                        FROM (SELECT event_id, row_number() OVER () - 1 AS nth FROM events WHERE release = 'minified@1') AS n
                        WHERE e.event_id = n.event_id AND
                        """ + which).update();
    }

    private static int minified(String version) {
        return queries.findVersion(1, version).orElseThrow().seen().minifiedEvents();
    }

    private static Saved save(long project, String version) {
        return store.save(project, version, NOTHING, ANN).orElseThrow();
    }

    private static void deploy(long release, String environment, int hoursAgo) {
        assertThat(deployments.add(release, deployment(environment, now.minus(Duration.ofHours(hoursAgo)))))
                .isPresent();
    }

    private static NewDeployment deployment(String environment, Instant at) {
        return new NewDeployment(environment, null, null, null, at, ANN);
    }

    private static ReleaseCommit commit(String id, @Nullable String message, List<String> files) {
        return new ReleaseCommit(id, null, message, null, null, null, files);
    }

    private static List<String> environments(DeploymentFilter filter) {
        return deployments.list(filter, DatedPosition.NEWEST, 50).entries().stream()
                .map(deployment -> deployment.version() + " " + deployment.environment())
                .toList();
    }

    private static List<String> sorted(ReleaseSort sort) {
        return versions(
                queries.list(new ReleaseFilter(VisibleProjects.ALL, null, null, null), sort, ReleasePosition.FIRST, 50)
                        .entries());
    }

    private static List<StoredRelease> list(ReleaseFilter filter) {
        return queries.list(filter, ReleaseSort.DATE, ReleasePosition.FIRST, 50).entries();
    }

    private static List<String> versions(List<StoredRelease> releases) {
        return releases.stream().map(StoredRelease::version).toList();
    }

    private static BatchRecord event(String release, int kind, @Nullable String environment, long user) {
        return event(release, kind, environment, user, now);
    }

    private static BatchRecord event(String release, int kind, @Nullable String environment, long user, Instant at) {
        return RollupDatabase.event(new Said(1, kind, at, at, environment, "error", release, user, Map.of()));
    }
}
