package dev.resentry.processor.alert;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What notifications need.
 *
 * @param publicUrl where people reach this installation, for links
 */
@Validated
@ConfigurationProperties("resentry.alerts")
public record AlertSettings(
        @NotNull @DefaultValue("http://localhost:9000") URI publicUrl) {}
