package dev.resentry.query.error;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of the API that Sentry's tools speak, below {@code /api/0}. Its errors are found as those of a {@link NativeApi} are,
 * and told in the form of these tools.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
public @interface SentryApi {}
