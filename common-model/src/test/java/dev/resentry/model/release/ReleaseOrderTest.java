package dev.resentry.model.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseOrderTest {
    private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void numbersAreComparedAsNumbersAndAPreReleaseIsBelowItsRelease() {
        // Dates run against the versions, so that nothing is ordered by them here.
        assertOrder(
                ReleaseOrder.SEMVER,
                falling(
                        "0.9.9",
                        "1.0.0-1",
                        "1.0.0-2",
                        "1.0.0-10",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.2",
                        "1.0.0-alpha.10",
                        "1.0.0-alpha.beta",
                        "1.0.0-alpha1",
                        "1.0.0-beta",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.0+1",
                        "1.0.0+9",
                        "1.0.0+10",
                        "1.0.0+10.1",
                        "1.0.0.1",
                        "1.0.1",
                        "1.9.0",
                        "1.10.0",
                        "2.0.0",
                        "10.0.0"));
    }

    @Test
    void whatSemanticVersioningDoesNotOrderIsOrderedByDate() {
        assertOrder(ReleaseOrder.SEMVER, rising("a@1.0.0+f00d", "b@1.0.0", "a@1.0.0+beef"));
    }

    @Test
    void otherVersionsOfASemanticProjectAreBelowAllByDate() {
        List<DatedRelease> releases = rising("nightly", "1.0.0", "dev", "0.9.0");

        assertThat(sorted(ReleaseOrder.SEMVER, releases)).containsExactly("nightly", "dev", "0.9.0", "1.0.0");
    }

    @Test
    void byDateVersionsSayNothing() {
        assertOrder(ReleaseOrder.DATE, rising("2.0.0", "nightly", "1.0.0"));
    }

    @Test
    void theTenNewestReleasesDecideTheOrderOfAProject() {
        var releases = new ArrayList<>(List.of(DatedRelease.of("nightly", MORNING.minusSeconds(1))));
        IntStream.range(0, 9).forEach(i -> releases.add(DatedRelease.of("1." + i, MORNING.plusSeconds(i))));

        assertThat(ReleaseOrder.of(releases)).isEqualTo(ReleaseOrder.DATE);
        releases.add(DatedRelease.of("1.9", MORNING));
        assertThat(ReleaseOrder.of(releases)).isEqualTo(ReleaseOrder.SEMVER);
        releases.add(DatedRelease.of("dev", MORNING.plusSeconds(60)));
        assertThat(ReleaseOrder.of(releases)).isEqualTo(ReleaseOrder.DATE);
        assertThat(ReleaseOrder.of(List.of())).isEqualTo(ReleaseOrder.DATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyOrderIsTotal(long seed) {
        var random = new Random(seed);
        List<DatedRelease> releases =
                Stream.generate(() -> any(random)).limit(60).distinct().toList();

        for (ReleaseOrder order : ReleaseOrder.values()) {
            for (DatedRelease a : releases) {
                for (DatedRelease b : releases) {
                    assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
                    assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
                    for (DatedRelease c : releases) {
                        if (order.compare(a, b) < 0 && order.compare(b, c) < 0) {
                            assertThat(order.compare(a, c))
                                    .as("%s < %s < %s", a, b, c)
                                    .isNegative();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSortKeyAgreesWithAPlainComparisonOfTheParts(long seed) {
        var random = new Random(seed);
        List<SemanticVersion> versions = Stream.generate(() -> any(random).version())
                .filter(ReleaseVersion::isSemver)
                .limit(200)
                .map(version -> version.semver().orElseThrow())
                .toList();

        for (SemanticVersion a : versions) {
            for (SemanticVersion b : versions) {
                assertThat(Integer.signum(a.compareTo(b)))
                        .as("%s and %s", a, b)
                        .isEqualTo(Integer.signum(PlainComparison.compare(a, b)));
            }
        }
    }

    private static DatedRelease any(Random random) {
        String version = random.nextInt(5) == 0
                ? List.of("nightly", "dev", "4711", "3f0c1d2").get(random.nextInt(4))
                : numbers(random)
                        + (random.nextInt(3) == 0 ? "-" + identifiers(random) : "")
                        + (random.nextInt(3) == 0 ? "+" + identifiers(random) : "");
        return DatedRelease.of(version, MORNING.plus(Duration.ofHours(random.nextInt(4))));
    }

    private static String numbers(Random random) {
        return IntStream.rangeClosed(0, 1 + random.nextInt(3))
                .mapToObj(_ ->
                        List.of("0", "1", "2", "9", "10", "123456789012345678").get(random.nextInt(6)))
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
    }

    private static String identifiers(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> List.of("0", "1", "2", "10", "02", "rc", "rc1", "a", "A", "-", "1a")
                        .get(random.nextInt(11)))
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
    }

    private static void assertOrder(ReleaseOrder order, List<DatedRelease> releases) {
        assertThat(sorted(order, releases))
                .containsExactlyElementsOf(releases.stream()
                        .map(release -> release.version().raw())
                        .toList());
    }

    private static List<String> sorted(ReleaseOrder order, List<DatedRelease> releases) {
        var shuffled = new ArrayList<>(releases);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled.stream()
                .sorted(order)
                .map(release -> release.version().raw())
                .toList();
    }

    private static List<DatedRelease> rising(String... versions) {
        return IntStream.range(0, versions.length)
                .mapToObj(i -> DatedRelease.of(versions[i], MORNING.plusSeconds(i)))
                .toList();
    }

    private static List<DatedRelease> falling(String... versions) {
        return IntStream.range(0, versions.length)
                .mapToObj(i -> DatedRelease.of(versions[i], MORNING.minusSeconds(i)))
                .toList();
    }
}
