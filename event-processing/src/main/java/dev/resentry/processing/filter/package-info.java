/** Tells what a project does not want to be stored. */
@NullMarked
package dev.resentry.processing.filter;

import org.jspecify.annotations.NullMarked;
