/** What services must agree on about projects. */
@NullMarked
package dev.resentry.service.project;

import org.jspecify.annotations.NullMarked;
