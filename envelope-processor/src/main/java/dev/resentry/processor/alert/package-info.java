/** Has alert rules fire: for what is told on topic {@code events}, and for what is found by looking from time to time. */
@NullMarked
package dev.resentry.processor.alert;

import org.jspecify.annotations.NullMarked;
