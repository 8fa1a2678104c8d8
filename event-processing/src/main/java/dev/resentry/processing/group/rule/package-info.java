/** The rules of a project for fingerprints and stack traces: their grammar and what they match. */
@NullMarked
package dev.resentry.processing.group.rule;

import org.jspecify.annotations.NullMarked;
