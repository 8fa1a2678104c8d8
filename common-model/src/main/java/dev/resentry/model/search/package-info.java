/** The search language: what people type into a search field, as a tree. What keys mean is for who compiles it. */
@NullMarked
package dev.resentry.model.search;

import org.jspecify.annotations.NullMarked;
