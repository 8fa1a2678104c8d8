/** Files that make the code of releases readable. */
@NullMarked
package dev.resentry.model.artifact;

import org.jspecify.annotations.NullMarked;
