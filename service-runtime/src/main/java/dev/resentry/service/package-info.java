/** What every service process needs to run. */
@NullMarked
package dev.resentry.service;

import org.jspecify.annotations.NullMarked;
