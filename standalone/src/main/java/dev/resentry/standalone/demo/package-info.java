/** What {@code ./resentry demo} sends: projects of an invented shop, their errors and transactions of two weeks. */
@NullMarked
package dev.resentry.standalone.demo;

import org.jspecify.annotations.NullMarked;
