/** Answers people and programs. */
@NullMarked
package dev.resentry.query;

import org.jspecify.annotations.NullMarked;
