package dev.resentry.query.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An operation on the caller's own account, of any role: for people who logged in, not for programs. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedToPeople {
    /** Whether it may be done before what has to be done before anything else. */
    boolean evenBeforeDuty() default false;
}
