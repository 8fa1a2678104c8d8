package dev.resentry.storage.blob;

import dev.resentry.storage.blob.s3.S3BlobStore;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The store of blobs, for services that write them and for those that read them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
public class BlobConfiguration {

    @Bean
    BlobStore blobStore(BlobSettings settings, DataSource dataSource) {
        return store(settings, dataSource);
    }

    /** The store by itself, for commands. */
    public static BlobStore store(BlobSettings settings, DataSource dataSource) {
        return switch (settings.store()) {
            case POSTGRES -> new PostgresBlobStore(dataSource);
            case S3 -> new S3BlobStore(dataSource, settings);
        };
    }

    @Bean
    BlobSweep blobSweep(DataSource dataSource, BlobStore blobs) {
        return new BlobSweep(dataSource, new DataSourceTransactionManager(dataSource), blobs);
    }
}
