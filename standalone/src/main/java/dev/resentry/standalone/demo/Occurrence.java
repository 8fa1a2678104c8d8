package dev.resentry.standalone.demo;

import java.time.Instant;

/** That something happened once. */
record Occurrence(Seed seed, int index, Day day, Instant at) {}
