package dev.resentry.processor.spike;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How spikes are looked for.
 *
 * @param every how often; once in this time in all processors together
 */
@Validated
@ConfigurationProperties("resentry.spikes")
record SpikeSettings(
        @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5) @DefaultValue("1m")
        Duration every) {}
