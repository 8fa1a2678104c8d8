package dev.resentry.storage.artifact;

import dev.resentry.storage.blob.BlobStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finding artifacts, for services that make code readable and for those that show what is there. */
@Configuration(proxyBeanMethods = false)
public class ArtifactStorageConfiguration {

    @Bean
    ArtifactQueries artifactQueries(JdbcClient jdbc, BlobStore blobs) {
        return new ArtifactQueries(jdbc, blobs, InstantSource.system());
    }
}
