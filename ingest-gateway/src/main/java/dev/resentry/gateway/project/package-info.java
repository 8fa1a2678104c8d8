/** Which projects and keys there are, known without a database. */
@NullMarked
package dev.resentry.gateway.project;

import org.jspecify.annotations.NullMarked;
