package dev.resentry.retrace;

import org.jspecify.annotations.Nullable;

/**
 * A frame of a stack trace of Java or Kotlin.
 *
 * @param className with its package, its parts parted by dots
 * @param file null if nothing tells it
 * @param line counted from 1; 0 if nothing tells it
 */
public record JavaFrame(
        String className, String method, @Nullable String file, int line) {}
