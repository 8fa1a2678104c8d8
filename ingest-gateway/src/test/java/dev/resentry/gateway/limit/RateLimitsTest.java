package dev.resentry.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of a single gateway. */
class RateLimitsTest {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final PublicKey OTHER_KEY = new PublicKey("0000836b15bb49d7bbf99e64295d995b");
    private static final Map<DataCategory, Long> ERROR = Map.of(DataCategory.ERROR, 1L);

    private Instant now = Instant.parse("2026-11-20T10:00:15.250Z");

    @Test
    void letsThroughUpToTheLimitAndAllAgainInTheNextWindow() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(3, 60, DataCategory.ERROR));

        for (int i = 0; i < 3; i++) {
            assertThat(limits.admit(project, KEY, ERROR).limited()).isEmpty();
        }
        Decision fourth = limits.admit(project, KEY, ERROR);
        assertThat(fourth.limited()).containsExactly(DataCategory.ERROR);
        assertThat(fourth.rateLimitsHeader()).contains("45:error:project:project_quota");
        assertThat(fourth.retryAfterSeconds()).hasValue(45);

        now = Instant.parse("2026-11-20T10:01:00Z");
        assertThat(limits.admit(project, KEY, ERROR)).isEqualTo(Decision.ADMITTED);
    }

    @Test
    void aLimitOfASpikeStandsBesideTheDefaultAndSaysWhatItIs() {
        RateLimits limits = limits("5");
        ProjectConfig project = project(Quota.ofSpike(2));

        assertThat(limits.admit(project, KEY, ERROR).limited()).isEmpty();
        assertThat(limits.admit(project, KEY, ERROR).rateLimitsHeader())
                .contains("45:error;security:project:spike_protection");
        Decision third = limits.admit(project, KEY, ERROR);
        assertThat(third.limited()).containsExactly(DataCategory.ERROR);
        assertThat(third.reasonFor(DataCategory.ERROR)).contains("spike_protection");

        RateLimits narrow = limits("1");
        assertThat(narrow.admit(project, KEY, ERROR).limited()).isEmpty();
        Decision second = narrow.admit(project, KEY, ERROR);
        assertThat(second.limited()).containsExactly(DataCategory.ERROR);
        assertThat(second.reasonFor(DataCategory.ERROR))
                .as("the default counts, too")
                .contains("project_quota");
    }

    @Test
    void reportsTheLimitAsReachedWithTheLastUnit() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(1, 3600, DataCategory.ERROR));

        Decision last = limits.admit(project, KEY, ERROR);

        assertThat(last.limited()).isEmpty();
        assertThat(last.rateLimitsHeader()).contains("300:error:project:project_quota");
    }

    @Test
    void reportsReachedLimitsOfOtherCategories() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(1, 60, DataCategory.ERROR));
        limits.admit(project, KEY, ERROR);

        Decision session = limits.admit(project, KEY, Map.of(DataCategory.SESSION, 1L));

        assertThat(session.limited()).isEmpty();
        assertThat(session.active()).extracting(ActiveLimit::categories).containsExactly(Set.of(DataCategory.ERROR));
    }

    @Test
    void refusesWholeWhatDoesNotFitAndCountsOnlyWhatGoesThrough() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(1000, 60, DataCategory.ATTACHMENT));

        assertThat(limited(limits, project, Map.of(DataCategory.ATTACHMENT, 600L)))
                .isEmpty();
        assertThat(limited(limits, project, Map.of(DataCategory.ATTACHMENT, 401L, DataCategory.ERROR, 1L)))
                .containsExactly(DataCategory.ATTACHMENT);
        assertThat(limited(limits, project, Map.of(DataCategory.ATTACHMENT, 400L)))
                .isEmpty();
    }

    @Test
    void countsWithAllLimitsOrWithNone() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = new ProjectConfig(
                new ProjectId(7),
                1,
                "shop",
                true,
                List.of(
                        new ProjectConfig.Key(
                                KEY,
                                true,
                                List.of(new Quota(
                                        Set.of(DataCategory.ERROR), 2, Duration.ofMinutes(1), "of the, key:"))),
                        new ProjectConfig.Key(OTHER_KEY, true, List.of())),
                List.of("*"),
                List.of(quota(5, 60)));

        for (int i = 0; i < 10; i++) {
            limits.admit(project, KEY, ERROR);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(limits.admit(project, OTHER_KEY, ERROR).limited()).isEmpty();
        }

        assertThat(limits.admit(project, OTHER_KEY, ERROR).rateLimitsHeader()).contains("45::project:project_quota");
        assertThat(limits.admit(project, KEY, ERROR).rateLimitsHeader())
                .contains("45::project:project_quota, 45:error:key:of_the__key_");
    }

    @Test
    void saysOfEachCategoryWhyItIsLimited() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(
                new Quota(Set.of(DataCategory.TRANSACTION), 0, Duration.ofMinutes(1), "no_tracing"),
                new Quota(Set.of(DataCategory.ERROR), 0, Duration.ofMinutes(1), "no_errors"));

        Decision refused = limits.admit(project, KEY, ERROR);

        assertThat(refused.reasonFor(DataCategory.ERROR)).contains("no_errors");
        assertThat(refused.reasonFor(DataCategory.SESSION)).isEmpty();
    }

    @Test
    void aLimitOfZeroAlwaysRefuses() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(0, 1, DataCategory.TRANSACTION, DataCategory.DEFAULT));

        Decision refused = limits.admit(project, KEY, Map.of(DataCategory.TRANSACTION, 1L, DataCategory.DEFAULT, 0L));

        assertThat(refused.limited()).containsExactlyInAnyOrder(DataCategory.TRANSACTION, DataCategory.DEFAULT);
        assertThat(refused.rateLimitsHeader()).contains("60:default;transaction:project:project_quota");
        assertThat(limits.admit(project, KEY, ERROR).limited()).isEmpty();
    }

    @Test
    void admitsRequestsWithoutQuantities() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(1, 60));
        limits.admit(project, KEY, ERROR);

        assertThat(limited(limits, project, Map.of(DataCategory.DEFAULT, 0L))).isEmpty();
    }

    @Test
    void countsOnWhenALimitChanges() {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(4, 60, DataCategory.ERROR));
        IntStream.range(0, 4).forEach(_ -> limits.admit(project, KEY, ERROR));

        ProjectConfig raised = withRevision(2, project(quota(6, 60, DataCategory.ERROR)));
        assertThat(limits.admit(raised, KEY, ERROR).limited()).isEmpty();
        assertThat(limits.admit(raised, KEY, ERROR).limited()).isEmpty();
        assertThat(limits.admit(raised, KEY, ERROR).limited()).isNotEmpty();

        ProjectConfig freed = withRevision(3, project());
        assertThat(limits.admit(freed, KEY, ERROR)).isEqualTo(Decision.ADMITTED);
    }

    @Test
    void limitsEventsOfProjectsWithoutLimitsOfTheirOwn() {
        RateLimits limits = limits("2");
        ProjectConfig project = project();

        assertThat(limited(limits, project, ERROR)).isEmpty();
        assertThat(limited(limits, project, Map.of(DataCategory.SECURITY, 1L))).isEmpty();
        assertThat(limited(limits, project, Map.of(DataCategory.DEFAULT, 1L))).containsExactly(DataCategory.DEFAULT);
        assertThat(limited(limits, project, Map.of(DataCategory.TRANSACTION, 1L)))
                .isEmpty();
        assertThat(limits.admit(project, KEY, ERROR).rateLimitsHeader())
                .contains("45:default;error;security:project:project_quota");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlimited", "-1"})
    void canBeSwitchedOff(String setting) {
        RateLimits limits = limits(setting);

        assertThat(IntStream.range(0, 1000).mapToObj(_ -> limits.admit(project(), KEY, ERROR)))
                .containsOnly(Decision.ADMITTED);
    }

    @Test
    void canBeSwitchedToRefuseAll() {
        assertThat(limited(limits("0"), project(), ERROR)).containsExactly(DataCategory.ERROR);
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        var limits = new ClusterRateLimits(new LimitSettings("2"), () -> now, UUID.randomUUID());
        limits.publish();
        limits.admit(project(), KEY, ERROR);
        limits.admit(project(), KEY, ERROR);

        now = now.minusSeconds(1);
        assertThat(limited(limits, project(), ERROR)).isNotEmpty();

        now = now.minus(Duration.ofHours(3));
        limits.publish();
        assertThat(limited(limits, project(), ERROR)).isEmpty();
    }

    @Test
    void staysExactUnderManyThreads() throws Exception {
        RateLimits limits = limits("unlimited");
        ProjectConfig project = project(quota(10_000, 3600, DataCategory.ERROR));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var counts = threads.invokeAll(IntStream.range(0, 8)
                    .<java.util.concurrent.Callable<Long>>mapToObj(_ -> () -> IntStream.range(0, 5_000)
                            .filter(_ ->
                                    limits.admit(project, KEY, ERROR).limited().isEmpty())
                            .count())
                    .toList());
            long admitted = 0;
            for (var count : counts) {
                admitted += count.get();
            }
            assertThat(admitted).isEqualTo(10_000);
        }
    }

    private RateLimits limits(String eventsPerMinute) {
        InstantSource clock = () -> now;
        return new ClusterRateLimits(new LimitSettings(eventsPerMinute), clock, UUID.randomUUID());
    }

    private static Set<DataCategory> limited(
            RateLimits limits, ProjectConfig project, Map<DataCategory, Long> quantities) {
        return limits.admit(project, KEY, quantities).limited();
    }

    private static Quota quota(long limit, int seconds, DataCategory... categories) {
        return new Quota(Set.of(categories), limit, Duration.ofSeconds(seconds), "project_quota");
    }

    private static ProjectConfig project(Quota... quotas) {
        return new ProjectConfig(
                new ProjectId(7),
                1,
                "shop",
                true,
                List.of(new ProjectConfig.Key(KEY, true, List.of())),
                List.of("*"),
                List.of(quotas));
    }

    private static ProjectConfig withRevision(long revision, ProjectConfig project) {
        return new ProjectConfig(
                project.id(),
                revision,
                project.slug(),
                project.active(),
                project.keys(),
                project.allowedOrigins(),
                project.quotas());
    }
}
