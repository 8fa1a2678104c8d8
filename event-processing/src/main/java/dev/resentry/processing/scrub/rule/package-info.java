/** The rules that a project writes itself. */
@NullMarked
package dev.resentry.processing.scrub.rule;

import org.jspecify.annotations.NullMarked;
