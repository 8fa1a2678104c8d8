/** Reads source maps: which place of the original files a place of a generated file comes from. */
@NullMarked
package dev.resentry.processing.sourcemap;

import org.jspecify.annotations.NullMarked;
