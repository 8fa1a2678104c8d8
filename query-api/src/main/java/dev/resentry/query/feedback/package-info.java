/** The API of feedback. */
@NullMarked
package dev.resentry.query.feedback;

import org.jspecify.annotations.NullMarked;
