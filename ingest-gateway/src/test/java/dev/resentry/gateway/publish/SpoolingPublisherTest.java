package dev.resentry.gateway.publish;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept.Place;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Unavailable;
import dev.resentry.gateway.spool.EnvelopeSink;
import dev.resentry.gateway.spool.EnvelopeSpool;
import dev.resentry.gateway.spool.SpoolFixture;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.gateway.spool.SpoolSlots;
import dev.resentry.model.envelope.RawEnvelope;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class SpoolingPublisherTest {
    private static final Duration HOLD = Duration.ofMillis(200);
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final Kept ON_TOPIC = new Kept(Place.TOPIC);
    private static final Kept IN_SPOOL = new Kept(Place.SPOOL);

    @TempDir
    private Path directory;

    private final Topic topic = new Topic();
    private SpoolingPublisher publisher;

    @AfterEach
    void close() {
        topic.mode = Mode.TAKES;
        publisher.close();
    }

    @Test
    void whatKafkaAcknowledgesIsNotSpooled() {
        publisher = spooling();
        assertThat(publish()).isEqualTo(ON_TOPIC);
        assertThat(publisher.spoolStatus().appended()).isZero();
    }

    @Test
    void aFailureIsSpooledAtOnceAndTheNextEnvelopesDoNotWait() {
        EnvelopeSpool spool = SpoolSlots.open(SpoolFixture.settings(directory), Clock.systemUTC());
        // These bounds are longer than the time-out of this test.
        publisher = new SpoolingPublisher(topic, () -> {}, spool, Duration.ofMinutes(5), Duration.ofMinutes(5));
        topic.mode = Mode.AWAY;
        assertThat(publish()).isEqualTo(IN_SPOOL);

        topic.mode = Mode.MUTE;
        for (int i = 0; i < 20; i++) {
            assertThat(publish()).isEqualTo(IN_SPOOL);
        }
    }

    @Test
    void anUnansweredEnvelopeIsSpooledAfterTheHold() {
        publisher = spooling();
        topic.mode = Mode.SILENT;
        long start = System.nanoTime();
        assertThat(publish()).isEqualTo(IN_SPOOL);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(HOLD);
    }

    @Test
    void anAcknowledgementAfterTheHoldIsADuplicateAndNothingElse() {
        publisher = spooling();
        topic.mode = Mode.SILENT;
        CompletableFuture<Publication> published = publisher.publish(envelope(10));
        assertThat(published.join()).isEqualTo(IN_SPOOL);
        topic.mode = Mode.TAKES;
        topic.answerAll(new EnvelopeSink.Sent.Acknowledged());
        await().until(() -> publisher.spoolStatus().envelopes() == 0);
        assertThat(publisher.spoolStatus().drained()).isEqualTo(1);
    }

    @Test
    void goesToKafkaAgainOnceTheDrainIsAcknowledged() {
        publisher = spooling();
        topic.mode = Mode.AWAY;
        assertThat(publish()).isEqualTo(IN_SPOOL);
        topic.mode = Mode.TAKES;
        await().until(() -> publish().equals(ON_TOPIC));
    }

    @Test
    void goesToKafkaAgainAlsoIfTheDrainStandsStill() throws Exception {
        // A segment that can neither be read nor set aside.
        Path slot = directory.resolve("0");
        Files.createDirectories(slot.resolve("0000000000000001.spool/inside"));
        Files.createDirectories(slot.resolve("0000000000000001.spool.quarantine/occupied"));
        EnvelopeSpool spool = SpoolSlots.open(SpoolFixture.settings(directory), Clock.systemUTC());
        // A disk that is slow for a moment must not have an envelope tried with Kafka.
        publisher = new SpoolingPublisher(topic, () -> {}, spool, WITHIN, WITHIN);
        topic.mode = Mode.AWAY;
        assertThat(publish()).isEqualTo(IN_SPOOL);
        topic.mode = Mode.TAKES;
        assertThat(publish()).isEqualTo(IN_SPOOL);

        await().until(() -> publish().equals(ON_TOPIC));
        assertThat(publish()).isEqualTo(ON_TOPIC);
        assertThat(publisher.spoolStatus().unreadable()).isEqualTo(1);
    }

    @Test
    void underLoadItDoesNotStayWithTheSpoolOnceKafkaIsBack() {
        publisher = spooling();
        topic.mode = Mode.AWAY;
        Queue<CompletableFuture<Publication>> underWay = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 500; i++) {
            underWay.add(publisher.publish(envelope(1000)));
        }
        topic.mode = Mode.TAKES;
        // Always some appends are under way while Kafka takes again.
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            underWay.add(publisher.publish(envelope(1000)));
            return publish().equals(ON_TOPIC);
        });
        underWay.forEach(CompletableFuture::join);
        await().until(() -> publisher.spoolStatus().envelopes() == 0);
        long spooled = publisher.spoolStatus().appended();
        for (int i = 0; i < 500; i++) {
            assertThat(publish()).isEqualTo(ON_TOPIC);
        }
        assertThat(publisher.spoolStatus().appended()).isEqualTo(spooled);
    }

    @Test
    void aKafkaThatIsTooSlowForTheHoldStillGetsEverythingThroughTheSpool() {
        publisher = spooling();
        topic.mode = Mode.SLOW;
        List<CompletableFuture<Publication>> published = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            published.add(publisher.publish(envelope(100)));
        }
        assertThat(published).allSatisfy(p -> assertThat(p.join()).isEqualTo(IN_SPOOL));
        assertThat(publish()).isEqualTo(IN_SPOOL);
        await().until(() -> publisher.spoolStatus().envelopes() == 0);
    }

    @Test
    void whatKafkaCanNeverTakeIsRefusedAndNotSpooled() {
        publisher = spooling();
        topic.mode = Mode.TOO_LARGE;
        assertThat(publish()).isEqualTo(new Unavailable("too large"));
        assertThat(publisher.spoolStatus().appended()).isZero();
        topic.mode = Mode.TAKES;
        assertThat(publish()).isEqualTo(ON_TOPIC);
    }

    @Test
    void withoutASpoolItTriesOnUntilKafkaTakesIt() {
        publisher = new SpoolingPublisher(topic, () -> {}, null, HOLD, WITHIN);
        topic.mode = Mode.AWAY;
        CompletableFuture<Publication> waiting = publisher.publish(envelope(10));
        await().until(() -> topic.tries > 2);
        assertThat(waiting).isNotDone();
        topic.mode = Mode.TAKES;
        assertThat(waiting.join()).isEqualTo(ON_TOPIC);
        assertThat(publisher.isAble()).isFalse();
    }

    @Test
    void withoutASpoolTheRefusalComesInTime() {
        publisher = new SpoolingPublisher(topic, () -> {}, null, HOLD, WITHIN);
        for (Mode mode : List.of(Mode.AWAY, Mode.SILENT)) {
            topic.mode = mode;
            long start = System.nanoTime();
            assertThat(publish()).isInstanceOf(Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(WITHIN);
        }
    }

    @Test
    void aFullSpoolRetriesKafkaUntilItAcknowledges() {
        SpoolSettings small = new SpoolSettings(
                true, directory, 1, DataSize.ofMegabytes(1), Duration.ofHours(1), DataSize.ofBytes(0), HOLD);
        publisher = new SpoolingPublisher(topic, () -> {}, SpoolSlots.open(small, Clock.systemUTC()), HOLD, WITHIN);
        topic.mode = Mode.AWAY;
        assertThat(publisher.publish(envelope(1_000_000)).join()).isEqualTo(IN_SPOOL);
        CompletableFuture<Publication> waiting = publisher.publish(envelope(100_000));
        await().during(Duration.ofMillis(300)).until(() -> !waiting.isDone());
        topic.mode = Mode.TAKES;
        assertThat(waiting.join()).isInstanceOf(Kept.class);
        await().until(() -> publish().equals(ON_TOPIC));
    }

    @Test
    void switchedOffItStillDrainsWhatIsThere() {
        publisher = spooling();
        topic.mode = Mode.AWAY;
        assertThat(publish()).isEqualTo(IN_SPOOL);
        publisher.close();

        SpoolSettings off = new SpoolSettings(
                false, directory, 1, DataSize.ofMegabytes(1), Duration.ofHours(1), DataSize.ofBytes(0), HOLD);
        publisher = new SpoolingPublisher(topic, () -> {}, SpoolSlots.open(off, Clock.systemUTC()), HOLD, WITHIN);
        assertThat(publish()).isInstanceOf(Unavailable.class);
        assertThat(publisher.isAble()).isFalse();
        topic.mode = Mode.TAKES;
        await().until(() -> publisher.spoolStatus().envelopes() == 0);
    }

    @Test
    void anAcknowledgedBodyIsReleasedBeforeKafkaAnswers() {
        List<CompletableFuture<EnvelopeSink.Sent>> unanswered = new CopyOnWriteArrayList<>();
        EnvelopeSink hangs = (Map<String, byte[]> _, byte[] _) -> {
            var sent = new CompletableFuture<EnvelopeSink.Sent>();
            unanswered.add(sent);
            return sent;
        };
        EnvelopeSpool spool = SpoolSlots.open(SpoolFixture.settings(directory), Clock.systemUTC());
        publisher = new SpoolingPublisher(hangs, () -> {}, spool, HOLD, WITHIN);

        WeakReference<byte[]> body = spooledBody();

        await().until(() -> {
            System.gc();
            return body.refersTo(null);
        });
        assertThat(unanswered).noneMatch(CompletableFuture::isDone);
    }

    private WeakReference<byte[]> spooledBody() {
        RawEnvelope envelope = envelope(1_000_000);
        assertThat(publisher.publish(envelope).join()).isEqualTo(IN_SPOOL);
        return new WeakReference<>(envelope.body());
    }

    @Test
    void aStopIsBounded() {
        topic.mode = Mode.MUTE;
        publisher = new SpoolingPublisher(topic, () -> {}, null, HOLD, Duration.ofMinutes(5));
        CompletableFuture<Publication> waiting = publisher.publish(envelope(10));

        publisher.close();

        assertThat(waiting).isCompletedWithValueMatching(Unavailable.class::isInstance);
        assertThat(publisher.publish(envelope(10)).join()).isInstanceOf(Unavailable.class);
    }

    private SpoolingPublisher spooling() {
        EnvelopeSpool spool = SpoolSlots.open(SpoolFixture.settings(directory), Clock.systemUTC());
        return new SpoolingPublisher(topic, () -> {}, spool, HOLD, WITHIN);
    }

    private Publication publish() {
        return publisher.publish(envelope(10)).join();
    }

    private enum Mode {
        TAKES,
        AWAY,
        SILENT,
        SLOW,
        TOO_LARGE,
        MUTE
    }

    /** Kafka as a test wants it. */
    private static final class Topic implements EnvelopeSink {
        private static final Executor LATER =
                CompletableFuture.delayedExecutor(HOLD.toMillis() * 2, TimeUnit.MILLISECONDS);

        private final Queue<CompletableFuture<Sent>> silent = new ConcurrentLinkedQueue<>();
        volatile Mode mode = Mode.TAKES;
        volatile int tries;

        @Override
        public synchronized CompletableFuture<Sent> send(Map<String, byte[]> headers, byte[] body) {
            tries++;
            return switch (mode) {
                case TAKES -> CompletableFuture.completedFuture(new Sent.Acknowledged());
                case AWAY -> CompletableFuture.completedFuture(new Sent.Unavailable("no broker"));
                case TOO_LARGE -> CompletableFuture.completedFuture(new Sent.Unsendable("too large"));
                case MUTE -> new CompletableFuture<>();
                case SLOW -> CompletableFuture.supplyAsync(Sent.Acknowledged::new, LATER);
                case SILENT -> {
                    var sent = new CompletableFuture<Sent>();
                    silent.add(sent);
                    yield sent.completeOnTimeout(new Sent.Unavailable("delivery timeout"), 1, TimeUnit.SECONDS);
                }
            };
        }

        void answerAll(Sent sent) {
            silent.forEach(open -> open.complete(sent));
        }
    }
}
