package dev.resentry.processor.retention;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What topics may take of the disk.
 *
 * @param envelopesMaxSize of topic {@code envelopes}, one replica of each partition; what is not processed stays whatever it takes.
 *     Null: only its age bounds it
 */
@Validated
@ConfigurationProperties("resentry.topic-disk")
public record TopicDiskSettings(@Nullable DataSize envelopesMaxSize) {}
