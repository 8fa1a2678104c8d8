/** Artifacts: source maps and other files that make the code of releases readable, and their uploads. */
@NullMarked
package dev.resentry.storage.artifact;

import org.jspecify.annotations.NullMarked;
