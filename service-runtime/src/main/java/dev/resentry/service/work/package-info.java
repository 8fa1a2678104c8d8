/** Work in the background that goes on in spite of failures. */
@NullMarked
package dev.resentry.service.work;

import org.jspecify.annotations.NullMarked;
