package dev.resentry.query.storage;

import dev.resentry.storage.disk.DiskUse;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of disk use. */
@Configuration(proxyBeanMethods = false)
public class StorageConfiguration {

    @Bean
    StorageController storageController(DiskUse disk) {
        return new StorageController(disk, InstantSource.system());
    }
}
