package dev.resentry.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The gateway as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class GatewayApplication {
    /** The configuration files this service reads from its class path. */
    public static final String CONFIG_NAMES = "resentry-kafka,resentry-gateway";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", CONFIG_NAMES);
        SpringApplication.run(GatewayApplication.class, args);
    }
}
