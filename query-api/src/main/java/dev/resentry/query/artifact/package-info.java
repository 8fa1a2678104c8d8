/** Artifacts: bundles are made of what tools upload, files are uploaded alone, and both are listed and deleted. */
@NullMarked
package dev.resentry.query.artifact;

import org.jspecify.annotations.NullMarked;
