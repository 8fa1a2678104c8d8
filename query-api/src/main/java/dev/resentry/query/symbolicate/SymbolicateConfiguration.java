package dev.resentry.query.symbolicate;

import dev.resentry.processing.sourcemap.SourceMapLimits;
import dev.resentry.processing.symbolicate.ReadFiles;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.blob.BlobStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Symbolication on demand. */
@Configuration(proxyBeanMethods = false)
public class SymbolicateConfiguration {
    /** People look at one frame after the other, mostly of one map. */
    private static final long MEMORY = 32L * 1024 * 1024;

    private static final SourceMapLimits LIMITS = new SourceMapLimits(50 * 1024 * 1024, 5_000_000);

    @Bean
    FrameSymbolication frameSymbolication(ArtifactQueries artifacts, BlobStore blobs) {
        return new FrameSymbolication(new Symbolicator(new ReadFiles(MEMORY, LIMITS)), artifacts, blobs);
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
