package dev.resentry.query.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation needs: one of some scopes that the caller's role allows and, for a program, its token has. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Scope value();

    /** Others that do as well. */
    Scope[] or() default {};
}
