/** The topics: how they are reached, made and checked. */
@NullMarked
package dev.resentry.service.topic;

import org.jspecify.annotations.NullMarked;
