package dev.resentry.testsupport.server;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** Where the servers of the tests run: the environment variable {@value #VARIABLE}. */
enum TestInfrastructure {
    /** In this process and beside it; nothing has to be installed. */
    EMBEDDED,
    /** In containers of the official images. */
    CONTAINERS;

    static final String VARIABLE = "RESENTRY_TEST_INFRA";

    /** What the environment asks for. */
    static TestInfrastructure chosen() {
        return of(System.getenv(VARIABLE), () -> DockerClientFactory.instance().isDockerAvailable());
    }

    /**
     * What is asked for.
     *
     * @param value of the variable; null or empty asks for embedded servers
     * @param dockerAnswers asked only if containers are asked for
     * @throws IllegalStateException if it is neither, or if containers are asked for where no Docker answers
     */
    static TestInfrastructure of(@Nullable String value, BooleanSupplier dockerAnswers) {
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "", "embedded" -> EMBEDDED;
            case "containers" -> {
                if (!dockerAnswers.getAsBoolean()) {
                    throw new IllegalStateException(
                            "%s: containers, but no Docker answers (expected: a running Docker, or embedded)"
                                    .formatted(VARIABLE));
                }
                yield CONTAINERS;
            }
            default ->
                throw new IllegalStateException(
                        "%s: '%s' (expected: embedded or containers)".formatted(VARIABLE, value));
        };
    }
}
