package dev.resentry.query.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text that is one of the words of an enum, as its {@code wireName} writes them; of a list, each of its texts. */
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface WordOf {
    Class<? extends Enum<?>> value();

    /** Words that the enum has and this text is never. */
    String[] except() default {};
}
