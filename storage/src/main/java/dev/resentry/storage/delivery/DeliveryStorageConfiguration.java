package dev.resentry.storage.delivery;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adding notifications, for all services that have something to say. */
@Configuration(proxyBeanMethods = false)
public class DeliveryStorageConfiguration {

    @Bean
    DeliveryOutbox deliveryOutbox(DataSource dataSource) {
        return new DeliveryOutbox(dataSource);
    }
}
