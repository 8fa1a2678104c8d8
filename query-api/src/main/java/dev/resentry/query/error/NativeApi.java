package dev.resentry.query.error;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of the API's own dialect, whose errors are {@link ApiErrorResponse}. Another dialect has an annotation of its own, and
 * {@link Dialect} has the form of its errors.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
public @interface NativeApi {}
