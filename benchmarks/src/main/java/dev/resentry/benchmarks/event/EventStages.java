package dev.resentry.benchmarks.event;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingResult;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The stages of processing an event, each with all before it, since each changes the tree that the first one made: what a stage costs is
 * the difference to the one before. Settings are those of a project that never said anything. Single events are timed, so that the
 * median says what one takes where other programs often interrupt a few.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EventStages {
    private static final NormalizationContext ARRIVAL = new NormalizationContext(
            null,
            new EventId(new UUID(1, 2)),
            Instant.parse("2026-11-20T08:15:31Z"),
            Instant.parse("2026-11-20T08:15:30.900Z"),
            "192.0.2.44",
            null,
            "sentry.sdk/1.0.0");

    private final Scrubber scrubber = new Scrubber(ScrubSettings.DEFAULT);

    @Param
    private EventSample sample = EventSample.FAILED_REQUEST;

    private Payload payload = Payload.of(new byte[0]);

    /** Reads the event's bytes once for all. */
    @Setup
    public void read() {
        payload = sample.payload();
    }

    /** Bytes to a tree. */
    @Benchmark
    public EventJson.Read.Json parse() {
        return switch (EventJson.read(payload)) {
            case EventJson.Read.Json json -> json;
            case EventJson.Read.Invalid(String cause) -> throw new IllegalStateException(sample + ": " + cause);
        };
    }

    /** That, and the tree in the one shape that all else relies on. */
    @Benchmark
    public NormalizedEvent normalize() {
        return EventNormalizer.normalize(parse(), ARRIVAL);
    }

    /** That, and without secrets. */
    @Benchmark
    public NormalizedEvent scrub() {
        NormalizedEvent event = normalize();
        scrubber.scrub(event.json());
        return event;
    }

    /** That, and the hashes that decide the issue. */
    @Benchmark
    public GroupingResult group() {
        return Grouping.of(scrub(), GroupingRules.NONE);
    }
}
