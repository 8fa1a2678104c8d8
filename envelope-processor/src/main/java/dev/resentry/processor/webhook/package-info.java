/** Programs and people are told, besides alerts, of what topic {@code events} says. */
@NullMarked
package dev.resentry.processor.webhook;

import org.jspecify.annotations.NullMarked;
