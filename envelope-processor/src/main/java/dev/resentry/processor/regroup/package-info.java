/** The handlers of regroups. */
@NullMarked
package dev.resentry.processor.regroup;

import org.jspecify.annotations.NullMarked;
