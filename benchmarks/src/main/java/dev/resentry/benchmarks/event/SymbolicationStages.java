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
import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.Symbolicator;
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
 * All that is done with an event from its bytes to its issue, with symbolicating and without, as a processor does it that has the source map
 * in memory. What the database answers is not in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SymbolicationStages {
    private static final long MEMORY = 64L * 1024 * 1024;
    private static final NormalizationContext ARRIVAL =
            NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T08:15:31Z"));

    private final Scrubber scrubber = new Scrubber(ScrubSettings.DEFAULT);
    private final MinifiedBundle bundle = new MinifiedBundle();
    private final EventSymbolication symbolication =
            new EventSymbolication(new Symbolicator(new ReadFiles(MEMORY, SourceMapLimits.DEFAULT)), (_, failure) -> {
                throw failure;
            });

    @Param
    private Sample sample = Sample.MINIFIED;

    private Payload payload = Payload.of(new byte[0]);

    /** What is processed. */
    public enum Sample {
        /** 2 KB: an error in a browser, with ten frames of minified code. */
        MINIFIED,
        /** 3 KB: an error in a web shop in Python, which no source map concerns. */
        PYTHON;

        Payload payload() {
            return switch (this) {
                case MINIFIED -> MinifiedBundle.event();
                case PYTHON -> EventSample.FAILED_REQUEST.payload();
            };
        }
    }

    /** Reads the event's bytes once for all, and sees to it that its frames become readable. */
    @Setup
    public void read() {
        payload = sample.payload();
        NormalizedEvent event = normalized();
        symbolicate(event);
        long readable = event.json().findValuesAsString("resolved_with").size();
        if (readable != (sample == Sample.MINIFIED ? 10 : 0)) {
            throw new IllegalStateException("%s: %d frames are readable".formatted(sample, readable));
        }
    }

    private NormalizedEvent normalized() {
        return switch (EventJson.read(payload)) {
            case EventJson.Read.Json json -> EventNormalizer.normalize(json, ARRIVAL);
            case EventJson.Read.Invalid(String cause) -> throw new IllegalStateException(sample + ": " + cause);
        };
    }

    private void symbolicate(NormalizedEvent event) {
        if (EventSymbolication.concerns(event)) {
            symbolication.apply(event, bundle);
        }
    }

    private GroupingResult grouped(NormalizedEvent event) {
        scrubber.scrub(event.json());
        return Grouping.of(event, GroupingRules.NONE);
    }

    /** Without symbolicating. */
    @Benchmark
    public GroupingResult without() {
        return grouped(normalized());
    }

    /** With it. */
    @Benchmark
    public GroupingResult with() {
        NormalizedEvent event = normalized();
        symbolicate(event);
        return grouped(event);
    }
}
