package dev.resentry.query.start;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.webui.WebUi;
import dev.resentry.service.health.Health;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page at {@code /}. */
@Configuration(proxyBeanMethods = false)
public class StartConfiguration {

    @Bean
    StartController startController(
            Health health, QuerySettings settings, WebUi webUi, ObjectProvider<BuildProperties> build) {
        String version =
                build.stream().findFirst().map(BuildProperties::getVersion).orElse("unknown");
        return new StartController(health, settings.publicUrl(), version, webUi.present());
    }
}
