/** The frames of a stack trace in the form that stays the same from one deployment to the next. */
@NullMarked
package dev.resentry.processing.group.frame;

import org.jspecify.annotations.NullMarked;
