package dev.resentry.service.sourcemap;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which source maps are read, be it for an event that arrives or for somebody who checks a frame.
 *
 * @param maxMapSize larger maps are not read
 * @param maxMappings maps with more mappings are not read; each takes 20 bytes while its map is in memory
 */
@Validated
@ConfigurationProperties("resentry.symbolication")
public record SourceMapSettings(
        @NotNull @DefaultValue("50MB") DataSize maxMapSize,
        @Min(1) @Max(50_000_000) @DefaultValue("5000000") int maxMappings) {}
