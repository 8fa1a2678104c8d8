/** Alert rules applied: whether they let something through, what they say in words, and what they tell people. */
@NullMarked
package dev.resentry.processing.alert;

import org.jspecify.annotations.NullMarked;
