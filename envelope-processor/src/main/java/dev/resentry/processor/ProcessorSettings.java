package dev.resentry.processor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a processor takes on at once, and what it puts up with.
 *
 * @param consumers how many consumers of the topic this process runs; each stores its own batches
 * @param writers how many parts of a batch are stored at the same time, each on a connection of its own; not bound to how many
 *     consumers or partitions there are. Consumers share all but one each
 * @param maxBatch how many records a batch has at most
 * @param maxFetch how many bytes of records are fetched for a batch; a larger record comes alone
 * @param sessionTimeout after how long without a sign of life another processor takes over this one's partitions
 * @param maxDecodedSize how large a body may get when its encoding is undone; no byte more is made
 * @param maxEventSize how large the JSON of the events of one envelope may be together, and that of its transactions; SDKs send one
 * @param maxEvents how many events one envelope may hold; what browsers and collectors report is bounded by its size
 */
@Validated
@ConfigurationProperties("resentry.processor")
public record ProcessorSettings(
        @Min(1) @DefaultValue("1") int consumers,
        @Min(1) @Max(64) @DefaultValue("2") int writers,
        @Min(1) @DefaultValue("1000") int maxBatch,
        @NotNull @DefaultValue("16MB") DataSize maxFetch,
        @NotNull @DefaultValue("10s") Duration sessionTimeout,
        @NotNull @DefaultValue("100MB") DataSize maxDecodedSize,
        @NotNull @DefaultValue("4MB") DataSize maxEventSize,
        @Min(1) @Max(1000) @DefaultValue("10") int maxEvents) {}
