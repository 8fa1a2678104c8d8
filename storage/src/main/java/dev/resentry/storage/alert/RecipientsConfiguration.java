package dev.resentry.storage.alert;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom rules mean, for who fires them and who tries them. */
@Configuration(proxyBeanMethods = false)
public class RecipientsConfiguration {

    @Bean
    Recipients alertRecipients(JdbcClient jdbc) {
        return new Recipients(jdbc);
    }
}
