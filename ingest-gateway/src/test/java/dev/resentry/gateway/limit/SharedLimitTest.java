package dev.resentry.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.gateway.limit.SimulatedCluster.Gateway;
import dev.resentry.gateway.limit.SimulatedCluster.Load;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.Quota;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several gateways share one limit within ten percent, however the load is distributed. */
class SharedLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LIMITS = TestSize.of(1_000, 5_000);

    @ParameterizedTest
    @CsvSource({
        // limit, window in seconds, demand as a multiple of the limit, delay of the exchange, seed
        "120, 60, 2, 40, 1",
        "120, 60, 10, 40, 2",
        "120, 60, 1.3, 40, 3",
        "120, 60, 100, 40, 4",
        "120, 60, 3, 150, 5",
        "60, 10, 3, 40, 6",
        "1000, 10, 20, 40, 7",
        "6000, 60, 5, 40, 8",
        "30, 60, 4, 40, 9",
        "120, 60, 20, 1000, 10"
    })
    void holdsUnderUnevenLoad(long limit, int window, double factor, long delay, long seed) {
        ProjectConfig project = project(limit, window);
        var cluster = new SimulatedCluster(seed, delay);
        cluster.join();
        cluster.join();
        cluster.join();

        cluster.run(Duration.ofSeconds(6L * window), project, uneven(factor * limit / window));

        for (int i = 1; i < 6; i++) {
            assertThat(cluster.admitted(project, i)).as("window %d", i).isCloseTo(limit, tenth(limit));
        }
    }

    /** A limit of so few units that units reserved for idle gateways would be missed. */
    @ParameterizedTest
    @CsvSource({
        // limit, demand as a multiple of the limit, delay of the exchange, seed
        "10, 1.1, 40, 101",
        "10, 1.1, 150, 102",
        "10, 1.5, 40, 103",
        "10, 3, 40, 104",
        "10, 10, 40, 105",
        "10, 50, 40, 106",
        "10, 3, 1000, 107",
        "20, 1.1, 40, 108",
        "20, 1.5, 40, 109",
        "20, 3, 40, 110",
        "20, 50, 40, 111",
        "20, 1.1, 1000, 112",
        "3, 3, 40, 113",
        "1, 3, 40, 114"
    })
    void usesUpASmallLimitToo(long limit, double factor, long delay, long seed) {
        ProjectConfig project = project(limit, 60);
        var cluster = new SimulatedCluster(seed, delay);
        cluster.join();
        cluster.join();
        cluster.join();

        cluster.run(MINUTE.multipliedBy(31), project, uneven(factor * limit / 60));

        for (int i = 1; i < 31; i++) {
            assertThat(cluster.admitted(project, i)).as("window %d", i).isCloseTo(limit, tenth(limit));
        }
    }

    @Test
    void refusesNearlyNothingBelowTheLimit() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(11, 40);
        cluster.join();
        cluster.join();
        cluster.join();

        cluster.run(MINUTE.multipliedBy(8), project, uneven(1.6));

        long admitted = 0;
        for (int i = 0; i < 8; i++) {
            admitted += cluster.admitted(project, i);
        }
        assertThat(admitted).isGreaterThan((long) (1.6 * 480 * 0.95));
    }

    @ParameterizedTest
    @CsvSource({"1.2, 21", "2, 22", "5, 23"})
    void followsALoadThatShiftsInTheMiddleOfAWindow(double factor, long seed) {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(seed, 40);
        cluster.join();
        cluster.join();
        cluster.join();
        double total = factor * 2;

        cluster.run(MINUTE.multipliedBy(2), project, uneven(total));
        cluster.run(Duration.ofSeconds(20), project, uneven(total));
        cluster.run(Duration.ofSeconds(100), project, (gateway, _) -> total * new double[] {0.05, 0.15, 0.8}[gateway]);

        for (int i = 1; i < 4; i++) {
            assertThat(cluster.admitted(project, i)).as("window %d", i).isCloseTo(120, tenth(120));
        }
    }

    @Test
    void givesOneGatewayAllIfOnlyOneIsAsked() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(31, 40);
        cluster.join();
        cluster.join();
        cluster.join();

        cluster.run(MINUTE.multipliedBy(3), project, (gateway, _) -> gateway == 1 ? 5 : 0);

        for (int i = 0; i < 3; i++) {
            assertThat(cluster.admitted(project, i)).as("window %d", i).isCloseTo(120, tenth(120));
        }
    }

    @Test
    void freesTheShareOfAGatewayThatDies() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(41, 40);
        Gateway first = cluster.join();
        cluster.join();
        cluster.join();
        cluster.run(MINUTE.multipliedBy(2), project, uneven(4));

        cluster.run(Duration.ofSeconds(10), project, uneven(4));
        first.die();
        cluster.run(Duration.ofSeconds(110), project, (gateway, _) -> gateway == 0 ? 0 : 2);

        assertThat(cluster.admitted(project, 2)).isCloseTo(120, tenth(120));
        assertThat(cluster.admitted(project, 3)).isCloseTo(120, tenth(120));
    }

    @Test
    void freesTheShareOfAGatewayAtOnceWhenItStops() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(42, 40);
        Gateway first = cluster.join();
        Gateway second = cluster.join();
        cluster.run(Duration.ofSeconds(65), project, (gateway, _) -> gateway == 0 ? 4 : 1);

        first.leave();
        cluster.run(Duration.ofMillis(500), project, (_, _) -> 0);

        assertThat(second.limits().otherGateways()).isZero();
        cluster.run(Duration.ofMillis(54_500), project, (_, _) -> 4);
        assertThat(cluster.admitted(project, 1)).isCloseTo(120, tenth(120));
    }

    @Test
    void letsMoreThroughRatherThanLessWithoutTheExchange() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(51, 40);
        cluster.join();
        cluster.join();
        cluster.join();
        cluster.run(MINUTE.multipliedBy(2), project, uneven(20));

        cluster.loseExchange();
        cluster.run(MINUTE.multipliedBy(2), project, uneven(20));
        assertThat(cluster.admitted(project, 3)).isBetween(120L, 360L);

        cluster.findExchange();
        cluster.run(MINUTE.multipliedBy(2), project, uneven(20));
        assertThat(cluster.admitted(project, 5)).isCloseTo(120, tenth(120));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewGatewayReplaysTheUsageOfDepartedGateways(boolean saysGoodbye) {
        ProjectConfig project = project(100, 86_400);
        var cluster = new SimulatedCluster(43, 40);
        Gateway first = cluster.join();
        cluster.join();
        cluster.run(MINUTE, project, (gateway, _) -> gateway == 0 ? 1 : 0);
        if (saysGoodbye) {
            first.leave();
        } else {
            first.die();
        }
        cluster.run(MINUTE.multipliedBy(90), project, (_, _) -> 0);

        Gateway third = cluster.join();
        cluster.run(Duration.ofSeconds(5), project, (_, _) -> 0);
        cluster.run(MINUTE, project, (gateway, _) -> gateway == 2 ? 5 : 0);

        assertThat(third.ask(project, DataCategory.ERROR, 1).limited()).isNotEmpty();
        assertThat(cluster.admitted(project, 0)).isCloseTo(100, tenth(100));
    }

    @Test
    void makesRoomForAGatewayThatJoinsLate() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(61, 40);
        cluster.join();
        cluster.join();
        cluster.run(Duration.ofSeconds(90), project, (_, _) -> 4);

        cluster.join();
        cluster.run(Duration.ofSeconds(150), project, (_, _) -> 4);

        assertThat(cluster.admitted(project, 2)).isCloseTo(120, tenth(120));
        assertThat(cluster.admitted(project, 3)).isCloseTo(120, tenth(120));
    }

    @Test
    void toleratesClocksThatDiffer() {
        ProjectConfig project = project(120, 60);
        var cluster = new SimulatedCluster(71, 40);
        cluster.join(-700);
        cluster.join(0);
        cluster.join(700);

        cluster.run(MINUTE.multipliedBy(5), project, uneven(10));

        for (int i = 1; i < 5; i++) {
            assertThat(cluster.admitted(project, i)).as("window %d", i).isCloseTo(120, tenth(120));
        }
    }

    @Test
    void remembersNothingOfThousandsOfLimitsOnceTheyAreIdle() {
        var cluster = new SimulatedCluster(81, 40);
        Gateway first = cluster.join();
        Gateway second = cluster.join();
        for (int id = 1; id <= LIMITS; id++) {
            ProjectConfig project = project(id, 100, 60);
            assertThat(first.ask(project, DataCategory.ERROR, 1).limited()).isEmpty();
            assertThat(second.ask(project, DataCategory.ERROR, 1).limited()).isEmpty();
        }
        ProjectConfig busy = project(120, 60);
        cluster.run(Duration.ofSeconds(2), busy, uneven(1));
        assertThat(first.limits().remembered()).isGreaterThan(2 * LIMITS);

        cluster.run(MINUTE.multipliedBy(4), busy, uneven(1));

        assertThat(first.limits().remembered()).isLessThan(10);
        assertThat(second.limits().remembered()).isLessThan(10);
    }

    private static Load uneven(double total) {
        return (gateway, _) -> total * new double[] {0.8, 0.15, 0.05}[gateway];
    }

    private static Offset<Long> tenth(long limit) {
        return within(limit / 10);
    }

    private static ProjectConfig project(long limit, int windowSeconds) {
        return project(7_000_000, limit, windowSeconds);
    }

    private static ProjectConfig project(long id, long limit, int windowSeconds) {
        return new ProjectConfig(
                new ProjectId(id),
                1,
                "shop",
                true,
                List.of(new ProjectConfig.Key(SimulatedCluster.KEY, true, List.of())),
                List.of("*"),
                List.of(new Quota(
                        Set.of(DataCategory.ERROR), limit, Duration.ofSeconds(windowSeconds), "project_quota")));
    }
}
