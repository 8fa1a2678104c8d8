/** By which rules of their own the items of projects are processed. */
@NullMarked
package dev.resentry.processor.project;

import org.jspecify.annotations.NullMarked;
