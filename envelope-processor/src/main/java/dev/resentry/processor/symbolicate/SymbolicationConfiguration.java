package dev.resentry.processor.symbolicate;

import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.service.sourcemap.SourceMapSettings;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.blob.BlobStore;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Symbolication by the stored artifacts, with one store of read maps for the whole process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SourceMapSettings.class, SymbolicationSettings.class})
public class SymbolicationConfiguration {
    /** Below the time that a repair of stored events waits for processors to know of an upload. */
    private static final Duration MISSES_KEPT_FOR = Duration.ofSeconds(5);

    @Bean
    Symbolication symbolication(
            SourceMapSettings sourceMaps, SymbolicationSettings settings, ArtifactQueries artifacts, BlobStore blobs) {
        var limits = new SourceMapLimits(Math.toIntExact(sourceMaps.maxMapSize().toBytes()), sourceMaps.maxMappings());
        return new ArtifactSymbolication(
                new Symbolicator(new ReadFiles(settings.memory().toBytes(), limits)),
                artifacts,
                blobs,
                new MissedFiles(MISSES_KEPT_FOR, InstantSource.system()));
    }
}
