package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A payload is made again when it is asked for, by another process than the one that stored its item; what differs from one
 * JVM to the next, as the order of {@code Map.of}, must not show in it.
 */
class SameInEveryProcessTest {
    private static final int PROCESSES = 5;

    @Test
    void everyProcessConvertsABodyIdentically() throws IOException, InterruptedException {
        Set<String> outputs = new HashSet<>();
        for (int i = 0; i < PROCESSES; i++) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ConversionDigest.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            outputs.add(new String(process.getInputStream().readAllBytes(), UTF_8));
            assertThat(process.waitFor()).isZero();
        }

        assertThat(outputs).hasSize(1);
        assertThat(outputs.iterator().next().lines()).hasSize(Endpoint.values().length);
    }
}
