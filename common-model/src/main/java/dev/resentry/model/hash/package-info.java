/** Numbers by which things are recognised and counted. */
@NullMarked
package dev.resentry.model.hash;

import org.jspecify.annotations.NullMarked;
