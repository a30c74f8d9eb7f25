/** Describes a virtual key: its generation, its traits, its quirks, and who touches it. */
@NullMarked
package dev.keysmith.testing.key.model;

import org.jspecify.annotations.NullMarked;
