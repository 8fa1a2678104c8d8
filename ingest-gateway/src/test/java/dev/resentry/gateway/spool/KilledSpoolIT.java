package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.files;
import static dev.resentry.gateway.spool.SpoolFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.SpoolFixture.Collected;
import dev.resentry.testsupport.size.TestSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed at any moment, again and again. */
@Timeout(180)
class KilledSpoolIT {
    private static final int KILLS = TestSize.of(2, 12);

    @TempDir
    private Path directory;

    private final Random random = new Random(7);
    private final List<String> kept = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();

    @Test
    void everyAcknowledgedEnvelopeIsReadAfterAKillInOrder() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            killAfter(random.nextInt(2000), directory.toString());
        }

        try (EnvelopeSpool spool = open(directory)) {
            List<String> found = SpoolFixture.waiting(spool);
            Set<String> said = new HashSet<>(kept);
            assertThat(found.stream().filter(said::contains)).containsExactlyElementsOf(kept);
            // What was not said for lack of time: what was under way at each kill.
            assertThat(found.size() - kept.size()).isLessThanOrEqualTo(KILLS * 64);
        }
        assertThat(files(directory, ".quarantine")).isEmpty();
    }

    @Test
    void drainedAndRemainingEnvelopesAreAllThatWereAppended() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            killAfter(random.nextInt(2000), directory.toString(), "drain");
        }
        int before = sent.size();

        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory);
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            await().until(() -> spool.status().envelopes() == 0);
        }

        assertThat(before).isPositive();
        sent.addAll(outlet.ids);
        assertThat(sent).containsAll(kept);
        assertThat(files(directory, ".quarantine")).isEmpty();
    }

    @Test
    void anotherProcessIsRefusedWithTheNameOfTheDirectory() throws Exception {
        Process process = ForkedJava.start(AppendingProcess.class, directory.toString());
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).startsWith("kept ");
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(directory))
                    .withMessageContaining(directory.toString())
                    .withMessageContaining("in use");
        } finally {
            process.destroyForcibly().waitFor();
        }
        open(directory).close();
    }

    private void killAfter(int lines, String... arguments) throws IOException, InterruptedException {
        Process process = ForkedJava.start(AppendingProcess.class, arguments);
        try (BufferedReader said = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = said.readLine();
                assertThat(line).as("the process ended early").isNotNull();
                note(line);
            }
            ForkedJava.signal(process, "KILL");
            // What it had said by then counts, too.
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                note(line);
            }
        }
        process.waitFor();
    }

    private void note(String line) {
        if (line.length() < 41) {
            return;
        }
        if (line.startsWith("kept ")) {
            kept.add(line.substring(5));
        } else {
            sent.add(line.substring(5));
        }
    }
}
