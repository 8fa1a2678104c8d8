package dev.resentry.query.storage;

import dev.resentry.storage.disk.DiskUse;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of disk use. */
@Configuration(proxyBeanMethods = false)
public class StorageConfiguration {

    @Bean
    MeasuredStorage measuredStorage(DiskUse disk) {
        return new MeasuredStorage(disk, InstantSource.system());
    }

    @Bean
    StorageController storageController(MeasuredStorage storage) {
        return new StorageController(storage);
    }
}
