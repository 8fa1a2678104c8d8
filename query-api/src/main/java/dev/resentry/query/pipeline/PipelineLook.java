package dev.resentry.query.pipeline;

import dev.resentry.query.pipeline.PipelineResponse.Balance;
import dev.resentry.query.pipeline.PipelineResponse.Minute;
import dev.resentry.query.pipeline.PipelineResponse.NoisyProject;
import dev.resentry.query.pipeline.PipelineResponse.Partition;
import dev.resentry.query.pipeline.PipelineResponse.Storage;
import dev.resentry.query.storage.MeasuredStorage;
import dev.resentry.query.storage.StorageResponse;
import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.FateCounts;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.ledger.MinuteCounts;
import dev.resentry.storage.ledger.MinuteOffsets;
import dev.resentry.storage.ledger.ProjectLoad;
import dev.resentry.storage.ledger.ThroughputQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the broker and the books. Remembers what it saw, as rates are differences. What Kafka must be asked for is not known while
 * it does not answer. Used by one thread at a time.
 */
final class PipelineLook {
    private static final int MINUTES = 60;
    private static final int PROJECTS = 10;

    private final TopicOffsets offsets;
    private final KafkaSettings kafka;
    private final LedgerQueries ledger;
    private final ThroughputQueries throughput;
    private final ProcessList processes;
    private final MeasuredStorage storage;
    private final InstantSource clock;
    private final Samples samples = new Samples();
    private @Nullable UUID topicId;
    private List<Minute> wholeMinutes = List.of();
    private Instant minute = Instant.EPOCH;
    private MinuteOffsets begun = MinuteOffsets.UNKNOWN;
    private @Nullable Instant offSince;

    PipelineLook(
            TopicOffsets offsets,
            KafkaSettings kafka,
            LedgerQueries ledger,
            ThroughputQueries throughput,
            ProcessList processes,
            MeasuredStorage storage,
            InstantSource clock) {
        this.offsets = offsets;
        this.kafka = kafka;
        this.ledger = ledger;
        this.throughput = throughput;
        this.processes = processes;
        this.storage = storage;
        this.clock = clock;
    }

    PipelineResponse now() {
        TopicOffsets.Answer broker = broker();
        Instant now = clock.instant();
        if (broker == null) {
            return response(now, null, null, null);
        }
        if (!broker.topicId().equals(topicId)) {
            topicId = broker.topicId();
            minute = Instant.EPOCH;
        }
        Sample sample = sample(broker, now);
        samples.add(sample);
        return response(now, sample, rates(sample), balance(broker, now));
    }

    private TopicOffsets.@Nullable Answer broker() {
        try {
            return offsets.ask(kafka.topics().envelopes(), kafka.processorGroup());
        } catch (BrokerUnavailableException _) {
            return null;
        }
    }

    private Sample sample(TopicOffsets.Answer broker, Instant now) {
        Map<Integer, Long> fated = throughput.nextOffsets(broker.topicId());
        Map<Integer, Long> next = new HashMap<>();
        broker.begins()
                .forEach((partition, begin) -> next.put(
                        partition,
                        Stream.of(
                                        begin,
                                        broker.committed().getOrDefault(partition, 0L),
                                        fated.getOrDefault(partition, 0L))
                                .max(Long::compare)
                                .orElseThrow()));
        return new Sample(now, broker.topicId(), broker.ends(), next, fated);
    }

    /** Envelopes a second. */
    private record Rates(double accepted, double stored, double dropped, double dead, double processed) {}

    private @Nullable Rates rates(Sample sample) {
        Sample base = samples.base().orElse(null);
        if (base == null) {
            return null;
        }
        double seconds = Duration.between(base.at(), sample.at()).toMillis() / 1_000.0;
        FateCounts fates = throughput.fates(sample.topicId(), base.fated(), sample.fated());
        return new Rates(
                sample.acceptedSince(base.ends()) / seconds,
                fates.stored() / seconds,
                fates.dropped() / seconds,
                fates.dead() / seconds,
                fates.all() / seconds);
    }

    private Balance balance(TopicOffsets.Answer broker, Instant now) {
        Instant since = now.minus(MINUTES, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
        LedgerBalance.Envelopes books = ledger.envelopeBalance(
                since, now, new BrokerOffsets(broker.topicId(), broker.ends(), broker.committed()));
        if (books.difference() == 0) {
            offSince = null;
        } else if (offSince == null) {
            offSince = now;
        }
        return new Balance(
                books.accepted(),
                books.stored(),
                books.duplicate(),
                books.dropped(),
                books.dead(),
                books.lost(),
                books.inFlight(),
                books.difference(),
                since,
                offSince);
    }

    private PipelineResponse response(
            Instant now, @Nullable Sample sample, @Nullable Rates rates, @Nullable Balance balance) {
        List<Partition> partitions = sample == null ? List.of() : partitions(sample);
        StorageResponse measured = storage.get();
        return new PipelineResponse(
                now,
                rates == null ? null : rates.accepted(),
                rates == null ? null : rates.stored(),
                rates == null ? null : rates.dropped(),
                rates == null ? null : rates.dead(),
                sample == null ? null : sample.backlog(),
                sample == null ? null : oldest(partitions),
                sample == null || rates == null ? null : drain(sample.backlog(), rates),
                balance,
                series(now, sample),
                projects(now),
                partitions,
                processes.at(now),
                new Storage(
                        measured.measuredAt(),
                        measured.bytes(),
                        measured.bytesIn30Days(),
                        measured.bytesAtFullRetention()));
    }

    private static @Nullable Long drain(long backlog, Rates rates) {
        double shrinks = rates.processed() - rates.accepted();
        if (backlog == 0) {
            return 0L;
        }
        return shrinks > 0 ? Math.round(backlog / shrinks) : null;
    }

    private List<Partition> partitions(Sample sample) {
        Map<Integer, Instant> since = new HashMap<>();
        Map<Integer, Long> unknown = new HashMap<>();
        for (int partition : sample.ends().keySet()) {
            long next = sample.next().getOrDefault(partition, 0L);
            if (sample.lag(partition) > 0) {
                samples.endedBehind(partition, next)
                        .ifPresentOrElse(at -> since.put(partition, at), () -> unknown.put(partition, next));
            }
        }
        if (!unknown.isEmpty()) {
            since.putAll(throughput.endedBehindSince(sample.topicId(), unknown));
        }
        return sample.ends().keySet().stream()
                .sorted()
                .map(partition -> {
                    long lag = sample.lag(partition);
                    Instant at = since.get(partition);
                    return new Partition(partition, lag, lag == 0 ? Long.valueOf(0) : seconds(at, sample.at()));
                })
                .toList();
    }

    private static @Nullable Long seconds(@Nullable Instant from, Instant to) {
        return from == null ? null : Math.max(0, Duration.between(from, to).toSeconds());
    }

    /** Not known if it is not known of one partition. */
    private static @Nullable Long oldest(List<Partition> partitions) {
        long oldest = 0;
        for (Partition partition : partitions) {
            Long seconds = partition.oldestSeconds();
            if (seconds == null) {
                return null;
            }
            oldest = Math.max(oldest, seconds);
        }
        return oldest;
    }

    /** Minutes that are over do not change, so they are counted once a minute. */
    private List<Minute> series(Instant now, @Nullable Sample sample) {
        Instant running = now.truncatedTo(ChronoUnit.MINUTES);
        UUID topic = topicId;
        if (topic == null) {
            return List.of();
        }
        if (!running.equals(minute)) {
            Instant from = running.minus(MINUTES - 1L, ChronoUnit.MINUTES);
            Map<Instant, MinuteCounts> known = throughput.minutes(topic, from, running).stream()
                    .collect(Collectors.toMap(MinuteCounts::at, Function.identity()));
            wholeMinutes = Stream.iterate(from, at -> at.plus(1, ChronoUnit.MINUTES))
                    .limit(MINUTES - 1L)
                    .map(at -> minute(at, Optional.ofNullable(known.get(at))))
                    .toList();
            begun = MinuteOffsets.UNKNOWN;
            minute = running;
        }
        return Stream.concat(wholeMinutes.stream(), Stream.of(minute(running, soFar(topic, running, sample))))
                .toList();
    }

    /** The minute that is not over, by what the broker and the books say now. */
    private Optional<MinuteCounts> soFar(UUID topic, Instant running, @Nullable Sample sample) {
        if (sample == null) {
            return Optional.empty();
        }
        if (begun.ends().isEmpty()) {
            // Processors may note it somewhat later.
            begun = throughput.offsetsAt(topic, running);
        }
        if (begun.ends().isEmpty()) {
            return Optional.empty();
        }
        FateCounts fates = throughput.fates(topic, begun.next(), sample.fated());
        return Optional.of(new MinuteCounts(
                running, sample.acceptedSince(begun.ends()), fates.stored(), fates.dropped(), fates.dead()));
    }

    private static Minute minute(Instant at, Optional<MinuteCounts> counts) {
        return new Minute(
                at,
                counts.map(MinuteCounts::accepted).orElse(null),
                counts.map(MinuteCounts::stored).orElse(null),
                counts.map(MinuteCounts::dropped).orElse(null),
                counts.map(MinuteCounts::dead).orElse(null));
    }

    private List<NoisyProject> projects(Instant now) {
        Instant from = now.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
        return throughput.noisiest(from, PROJECTS).stream()
                .map(PipelineLook::noisy)
                .toList();
    }

    private static NoisyProject noisy(ProjectLoad load) {
        return new NoisyProject(
                load.id(),
                load.slug(),
                load.name(),
                load.acceptedOfAll() == 0 ? 0 : (double) load.accepted() / load.acceptedOfAll(),
                load.accepted(),
                load.limited(),
                load.limitedSince());
    }
}
