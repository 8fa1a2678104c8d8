package dev.resentry.processor.replay;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What replays leave to the live stream.
 *
 * @param maxLag a replay waits while more records of topic {@code envelopes} than this are not processed yet
 */
@Validated
@ConfigurationProperties("resentry.replay")
public record ReplaySettings(@Min(0) @DefaultValue("2000") long maxLag) {}
