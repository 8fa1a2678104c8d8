package dev.resentry.processor.symbolicate;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much memory source maps may take.
 *
 * @param memory what of maps that were read stays in memory for the next events; the newest map that is larger stays besides
 */
@Validated
@ConfigurationProperties("resentry.symbolication")
public record SymbolicationSettings(
        @NotNull @DefaultValue("64MB") DataSize memory) {}
