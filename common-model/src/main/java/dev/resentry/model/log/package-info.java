/** The words of logs. */
@NullMarked
package dev.resentry.model.log;

import org.jspecify.annotations.NullMarked;
