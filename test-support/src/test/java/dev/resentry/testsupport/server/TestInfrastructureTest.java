package dev.resentry.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestInfrastructureTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "embedded", "EMBEDDED"})
    void isEmbeddedUnlessContainersAreAskedForAndThenDockerIsNotAsked(String value) {
        assertThat(TestInfrastructure.of(value, () -> {
                    throw new AssertionError("Docker was asked");
                }))
                .isEqualTo(TestInfrastructure.EMBEDDED);
    }

    @Test
    void isContainersWhereADockerAnswers() {
        assertThat(TestInfrastructure.of("containers", () -> true)).isEqualTo(TestInfrastructure.CONTAINERS);
    }

    @Test
    void containersWithoutADockerAreRefusedInsteadOfReplaced() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TestInfrastructure.of("containers", () -> false))
                .withMessage(
                        "RESENTRY_TEST_INFRA: containers, but no Docker answers (expected: a running Docker, or embedded)");
    }

    @Test
    void anythingElseIsRefusedWithWhatIsExpected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TestInfrastructure.of("docker", () -> true))
                .withMessage("RESENTRY_TEST_INFRA: 'docker' (expected: embedded or containers)");
    }
}
