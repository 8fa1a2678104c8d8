package dev.resentry.query.symbolicate;

import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.StackRetrace;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.service.sourcemap.SourceMapSettings;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.blob.BlobStore;
import java.util.concurrent.Semaphore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Symbolication on demand, within the limits of events that arrive. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceMapSettings.class)
public class SymbolicateConfiguration {
    /** People look at one frame after the other, mostly of one map. */
    private static final long MEMORY = 32L * 1024 * 1024;

    @Bean
    FrameSymbolication frameSymbolication(SourceMapSettings settings, ArtifactQueries artifacts, BlobStore blobs) {
        var limits = new SourceMapLimits(Math.toIntExact(settings.maxMapSize().toBytes()), settings.maxMappings());
        var symbolicator = new Symbolicator(new ReadFiles(MEMORY, limits));
        return new FrameSymbolication(
                symbolicator, new StackRetrace(symbolicator), artifacts, blobs, new Semaphore(1, true));
    }

    @Bean
    SymbolicateController symbolicateController(FrameSymbolication symbolication, ProjectSelection projects) {
        return new SymbolicateController(symbolication, projects);
    }

    @Bean
    FrameCheckController frameCheckController(FrameSymbolication symbolication, ProjectSelection projects) {
        return new FrameCheckController(symbolication, projects);
    }
}
