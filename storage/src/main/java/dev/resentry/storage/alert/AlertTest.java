package dev.resentry.storage.alert;

import org.jspecify.annotations.Nullable;

/**
 * What became of a test that somebody had sent to a target of a rule.
 *
 * @param id of the delivery
 * @param targetType a word of the types of targets
 * @param state a word of the states of deliveries
 * @param status of the last answer; null if there was none
 * @param answer the beginning of it; null likewise
 * @param error what went wrong at last; null if nothing did
 */
public record AlertTest(
        long id,
        String targetType,
        String state,
        int attempts,
        @Nullable Integer status,
        @Nullable String answer,
        @Nullable String error) {}
